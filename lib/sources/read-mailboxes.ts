import "server-only";
import { checkMailbox, mustWait } from "./check-mailbox";
import { HereFailed } from "./here";
import { enabledRows } from "./stored";

/** Mailboxes that are read at the same time. */
const AT_ONCE = 4;
/** A mailbox with many mails goes on at the next round, so that the others have their turn. */
const LONGEST_MS = 40_000;

/** Reads every mailbox once. What goes wrong with one is noted at it, and stops no other. */
export async function readMailboxes(signal: AbortSignal): Promise<void> {
  const due = (await enabledRows("imap", "graph")).filter((row) => !mustWait(row));
  const next = async (): Promise<void> => {
    for (let row = due.shift(); row && !signal.aborted; row = due.shift())
      await checkMailbox(row.id, signal, LONGEST_MS).catch((error: unknown) => {
        if (error instanceof HereFailed) throw error;
      });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}
