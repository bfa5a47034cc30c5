import "server-only";
import { auditRefused } from "../audit";
import { formatBytes } from "../format";
import { here } from "./here";
import { machineOf } from "./take";
import type { GraphPosition, ImapPosition, Left, Mailbox, Outcome } from "./types";

const TRIES = 3;
const SHOWN = 5;

/** Goes on without a message, which stays in its mailbox, and says so on the page and in the audit log. */
export async function leave(
  source: Mailbox,
  position: ImapPosition | GraphPosition,
  { subject, bytes }: Left,
  outcome: Outcome,
): Promise<void> {
  const record = { action: "mail.receive", target: subject, targetId: source.id };
  const reason = bytes > 0 ? `larger than 25 MB (${formatBytes(bytes)})` : "the mailbox cannot hand it out";
  await here(auditRefused(machineOf(source, ""), record, reason));
  position.left = [{ subject, bytes }, ...position.left].slice(0, SHOWN);
  position.stuck = undefined;
  outcome.left++;
}

/** Notes that a message could not be read. @returns whether that was once too often, so that reading goes on without it. */
export function isHopeless(position: ImapPosition | GraphPosition, id: string): boolean {
  const tries = position.stuck?.id === id ? position.stuck.tries + 1 : 1;
  position.stuck = { id, tries };
  return tries >= TRIES;
}
