import "server-only";
import { z } from "zod";
import { BrokenOff, readBody, TooLarge } from "../body";
import { UserError } from "../errors";
import { MAIL_BYTES } from "../mails/rules";
import { type GraphClient, graphClient, NotThere, ResyncNeeded, ServerError } from "./graph-client";
import { folderId } from "./graph-folders";
import { here } from "./here";
import { isHopeless, leave } from "./leave";
import { notePosition } from "./stored";
import { takeMail } from "./take";
import type { Fetched, GraphPosition, GraphSource, Outcome } from "./types";

const FROM = "graph.microsoft.com";
/** Mails that could not be moved or marked are remembered up to here. */
const UNFILED_KEPT = 500;

const pageSchema = z.object({
  value: z.array(z.object({ id: z.string(), subject: z.string().nullish(), "@removed": z.unknown().optional() })),
  "@odata.nextLink": z.string().optional(),
  "@odata.deltaLink": z.string().optional(),
});
type Page = z.output<typeof pageSchema>;

/**
 * Takes what is new in the folder, page by page (delta query of Microsoft Graph). Each message is stored here before it
 * is touched there, and how far that went is kept after each page.
 * @param until milliseconds since the epoch: no new page is begun later. @throws what the client throws.
 */
export async function readGraph(source: GraphSource, signal: AbortSignal, until: number): Promise<Outcome> {
  const graph = graphClient(source, signal);
  try {
    return await readFrom(graph, source, positionOf(source), signal, until);
  } catch (error) {
    if (!(error instanceof ResyncNeeded)) throw error;
    return readFrom(graph, source, { ...positionOf(source), link: "" }, signal, until);
  }
}

function positionOf({ options: { mailbox, folder }, position }: GraphSource): GraphPosition {
  const isSame = position?.mailbox === mailbox && position.folder === folder;
  return isSame ? { ...position } : { mailbox, folder, link: "", unfiled: [], left: [] };
}

async function readFrom(
  graph: GraphClient,
  source: GraphSource,
  position: GraphPosition,
  signal: AbortSignal,
  until: number,
): Promise<Outcome> {
  const outcome: Outcome = { taken: 0, known: 0, left: 0, problem: null, isComplete: true };
  for (let address = position.link || (await firstAddress(graph, source)); ; ) {
    const page: Page = pageSchema.parse(await graph.get(address));
    for (const message of page.value) {
      signal.throwIfAborted();
      if (message["@removed"] === undefined) await take(graph, source, message, position, outcome);
    }
    await fileAway(graph, source, position, outcome);
    const { "@odata.nextLink": next, "@odata.deltaLink": delta } = page;
    if (!next && !delta) throw new UserError("Microsoft 365 did not say how to go on.");
    position.link = next ?? delta ?? "";
    await here(notePosition(source, position));
    if (!next) return outcome;
    if (Date.now() > until) return { ...outcome, isComplete: false };
    address = next;
  }
}

async function firstAddress(graph: GraphClient, { options }: GraphSource): Promise<string> {
  const folder = await folderId(graph, options.folder);
  return `${graph.base}/mailFolders/${folder}/messages/delta?changeType=created&$select=id,subject`;
}

async function take(
  graph: GraphClient,
  source: GraphSource,
  { id, subject }: Page["value"][number],
  position: GraphPosition,
  outcome: Outcome,
): Promise<void> {
  const fetched = await download(graph, source, position, id);
  if ("bytes" in fetched) return leave(source, position, { subject: subject ?? "", bytes: fetched.bytes }, outcome);
  if (!fetched.raw?.length) return;
  const { isNew } = await here(takeMail(source, fetched.raw, FROM));
  if (isNew) outcome.taken++;
  else outcome.known++;
  position.unfiled = [...position.unfiled, id].slice(-UNFILED_KEPT);
}

/** @returns the message as it came (MIME), nothing when it is gone meanwhile, or the size of one that has to stay. */
async function download(
  graph: GraphClient,
  source: GraphSource,
  position: GraphPosition,
  id: string,
): Promise<Fetched> {
  try {
    const answer = await graph.open(`${graph.base}/messages/${encodeURIComponent(id)}/$value`);
    return { raw: await readBody(answer, MAIL_BYTES) };
  } catch (error) {
    if (error instanceof NotThere) return {};
    if (error instanceof TooLarge) return { bytes: MAIL_BYTES + 1 };
    if (error instanceof BrokenOff) throw new UserError("Microsoft 365 ended the connection.");
    if (!(error instanceof ServerError)) throw error;
    const isOver = isHopeless(position, id);
    await here(notePosition(source, position));
    if (!isOver) throw error;
    return { bytes: 0 };
  }
}

/** Moves or marks what is kept here; what fails is tried again at the next check. */
async function fileAway(
  graph: GraphClient,
  source: GraphSource,
  position: GraphPosition,
  outcome: Outcome,
): Promise<void> {
  const { after, moveTo } = source.options;
  if (after === "nothing") position.unfiled = [];
  if (position.unfiled.length === 0) return;
  try {
    const destinationId = after === "move" ? await folderId(graph, moveTo, true) : "";
    while (position.unfiled[0] !== undefined) {
      const address = `${graph.base}/messages/${encodeURIComponent(position.unfiled[0])}`;
      const filed =
        after === "move"
          ? graph.send("POST", `${address}/move`, { destinationId })
          : graph.send("PATCH", address, { isRead: true });
      await filed.catch((error: unknown) => {
        if (!(error instanceof NotThere)) throw error;
      });
      position.unfiled.shift();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    outcome.problem = error.message;
  }
}
