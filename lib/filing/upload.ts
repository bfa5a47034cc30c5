import "server-only";
import { type Access, actingAs, actingKey } from "../access/can";
import { actorOf } from "../audit";
import { readBody, TooLarge } from "../body";
import { problem } from "../door";
import { UserError } from "../errors";
import { MAIL_BYTES } from "../mails/rules";
import { storeMail } from "../mails/store";
import { clientAddress } from "../request";
import { fileSoon } from "./start";

/**
 * One uploaded file, which is the body of the request; heads say its name and in which role the page was rendered.
 * @returns 201 for a new mail, 200 for one that is here already, both with its id; else what is wrong with the file.
 */
export async function uploadMail(access: Access, request: Request): Promise<Response> {
  if (request.headers.get("x-acting-role") !== actingKey(access))
    return problem(409, `You are now acting as ${actingAs(access) || "nobody"}. Nothing was uploaded.`);
  const name = fileName(request.headers.get("x-file-name"));
  try {
    const raw = await readBody(request, MAIL_BYTES);
    const actor = actorOf(access, await clientAddress());
    const stored = await storeMail({ raw, source: "upload", broughtBy: access.username, actor });
    fileSoon();
    return Response.json(stored, { status: stored.isNew ? 201 : 200 });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return problem(error instanceof TooLarge ? 413 : 400, `${name} ${error.message}`);
  }
}

/** Heads carry plain characters only, so the page encodes the name. */
function fileName(encoded: string | null): string {
  try {
    return decodeURIComponent(encoded ?? "").slice(0, 255) || "The file";
  } catch {
    return "The file";
  }
}
