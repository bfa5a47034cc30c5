import "server-only";
import { z } from "zod";
import { type GraphClient, NotThere } from "./graph-client";

const wellKnown = new Set(["inbox", "archive", "deleteditems", "drafts", "junkemail", "sentitems", "msgfolderroot"]);
const listSchema = z.object({ value: z.array(z.object({ id: z.string() })) });
const madeSchema = z.object({ id: z.string() });

/**
 * @param path names as people see them, with "/" between a folder and one inside of it, or one of Microsoft's own names.
 * @param make makes the last one when there is none. @returns the folder's id. @throws NotThere.
 */
export async function folderId(graph: GraphClient, path: string, make = false): Promise<string> {
  const names = path.split("/").filter(Boolean);
  let inside = "";
  for (const [i, name] of names.entries()) {
    const own = name.toLowerCase().replaceAll(" ", "");
    if (i === 0 && wellKnown.has(own)) {
      inside = own;
      continue;
    }
    const list = inside ? `${graph.base}/mailFolders/${inside}/childFolders` : `${graph.base}/mailFolders`;
    const isLast = i === names.length - 1;
    inside = (await find(graph, list, name)) ?? (make && isLast ? await create(graph, list, name) : missing(path));
  }
  return inside || missing(path);
}

async function find(graph: GraphClient, list: string, name: string): Promise<string | undefined> {
  const filter = encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}'`);
  const { value } = listSchema.parse(await graph.get(`${list}?$filter=${filter}&$select=id`));
  return value[0]?.id;
}

async function create(graph: GraphClient, list: string, name: string): Promise<string> {
  return madeSchema.parse(await graph.send("POST", list, { displayName: name })).id;
}

function missing(path: string): never {
  throw new NotThere(`There is no folder “${path}” in the mailbox.`);
}
