import "server-only";
import type { ImapFlow } from "imapflow";
import { UserError } from "../errors";
import { MAIL_BYTES } from "../mails/rules";
import { here } from "./here";
import { withFolder } from "./imap-connection";
import { isHopeless, leave } from "./leave";
import { notePosition } from "./stored";
import { takeMail } from "./take";
import type { Fetched, ImapPosition, ImapSource, Outcome } from "./types";

/** After so many mails what was done is written down, and they are moved or marked. */
const BATCH = 20;

type Found = { uid: number; size?: number };

/**
 * Takes what is new in the folder, oldest first. Each message is stored here before it is touched there; a connection
 * that breaks loses nothing, because reading goes on behind the last one stored.
 * @param until milliseconds since the epoch: no new message is begun later. @throws what the connection throws.
 */
export function readImap(source: ImapSource, signal: AbortSignal, until: number): Promise<Outcome> {
  return withFolder(source, signal, async (client) => {
    const position = positionIn(client, source);
    const found = await client.fetchAll(`${position.filed + 1}:*`, { uid: true, size: true }, { uid: true });
    // For a range that begins behind the last message, servers return the last one.
    const news = found.filter(({ uid }) => uid > position.filed).toSorted((a, b) => a.uid - b.uid);
    const outcome: Outcome = { taken: 0, known: 0, left: 0, problem: null, isComplete: true };
    for (let at = 0; at < news.length; at += BATCH) {
      if (at > 0 && Date.now() > until) return { ...outcome, isComplete: false };
      await readBatch(client, source, position, news.slice(at, at + BATCH), outcome, signal);
      await here(notePosition(source, position));
    }
    if (news.length === 0) await here(notePosition(source, position));
    return outcome;
  });
}

/** A folder that was made anew counts from the beginning; what is known already is recognised. */
function positionIn(client: ImapFlow, { options, position }: ImapSource): ImapPosition {
  if (!client.mailbox) throw new UserError("There is no such folder in the mailbox.");
  const uidValidity = String(client.mailbox.uidValidity);
  const isSame = position?.uidValidity === uidValidity && position.folder === options.folder;
  return isSame ? { ...position } : { folder: options.folder, uidValidity, stored: 0, filed: 0, left: [] };
}

async function readBatch(
  client: ImapFlow,
  source: ImapSource,
  position: ImapPosition,
  batch: Found[],
  outcome: Outcome,
  signal: AbortSignal,
): Promise<void> {
  const stored: number[] = [];
  for (const { uid, size = 0 } of batch) {
    signal.throwIfAborted();
    const isTaken =
      uid <= position.stored ? size <= MAIL_BYTES : await take(client, source, position, { uid, size }, outcome);
    if (isTaken) stored.push(uid);
    position.stored = Math.max(position.stored, uid);
  }
  const problem = await fileAway(client, source, stored);
  if (problem) outcome.problem = problem;
  // What could not be moved is tried again at the next check; what comes behind it is taken all the same.
  if (!outcome.problem) position.filed = position.stored;
}

/** @returns whether the message is kept here, or gone; not when it is left where it is. */
async function take(
  client: ImapFlow,
  source: ImapSource,
  position: ImapPosition,
  { uid, size = 0 }: Found,
  outcome: Outcome,
): Promise<boolean> {
  const fetched = size > MAIL_BYTES ? { bytes: size } : await download(client, source, position, uid);
  if ("bytes" in fetched) {
    const message = await client.fetchOne(String(uid), { envelope: true }, { uid: true }).catch(() => false as const);
    const subject = message ? (message.envelope?.subject ?? "") : "";
    await leave(source, position, { subject, bytes: fetched.bytes }, outcome);
    return false;
  }
  if (!fetched.raw) return true;
  const { isNew } = await here(takeMail(source, fetched.raw, source.options.host));
  if (isNew) outcome.taken++;
  else outcome.known++;
  return true;
}

/** @returns the message, nothing when it is gone meanwhile, or the size of one that has to stay: 0 when it cannot be read. */
async function download(client: ImapFlow, source: ImapSource, position: ImapPosition, uid: number): Promise<Fetched> {
  try {
    const message = await client.fetchOne(String(uid), { source: { maxLength: MAIL_BYTES + 1 } }, { uid: true });
    const raw = message ? message.source : undefined;
    // It may be larger than its server said.
    if (raw && raw.length > MAIL_BYTES) return { bytes: raw.length };
    return { raw: raw?.length ? raw : undefined };
  } catch (error) {
    if (!client.usable) throw error;
    const isOver = isHopeless(position, String(uid));
    await here(notePosition(source, position));
    if (!isOver) throw new UserError("The mailbox does not hand out one of its messages.");
    return { bytes: 0 };
  }
}

/** Moves or marks what is kept here. @returns what went wrong, in words. */
async function fileAway(client: ImapFlow, source: ImapSource, uids: number[]): Promise<string | null> {
  const { after, moveTo } = source.options;
  if (after === "nothing" || uids.length === 0) return null;
  const range = uids.join(",");
  if (after === "read") {
    const marked = await client.messageFlagsAdd(range, ["\\Seen"], { uid: true });
    return marked ? null : "The mailbox does not let mails be marked as read.";
  }
  if (await move(client, range, moveTo)) return null;
  await client.mailboxCreate(moveTo).catch(() => {});
  return (await move(client, range, moveTo)) ? null : `The mails could not be moved to the folder “${moveTo}”.`;
}

async function move(client: ImapFlow, range: string, folder: string): Promise<boolean> {
  try {
    return Boolean(await client.messageMove(range, folder, { uid: true }));
  } catch (error) {
    if (!client.usable) throw error;
    return false;
  }
}
