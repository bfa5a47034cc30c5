import "server-only";
import { once } from "node:events";
import { connect } from "node:net";
import { eq, sql } from "drizzle-orm";
import { db, transaction } from "../db";
import { mailSources } from "../db/schema/sources";
import { UserError } from "../errors";
import { stopSignal } from "../stopping";
import { checkMailbox } from "./check-mailbox";
import { outcomeWords } from "./rules";
import { rowOf } from "./stored";
import type { SmtpOptions } from "./types";
import { inWords } from "./words";

/** So long somebody waits for an answer; what is left is read in the background. */
const PATIENCE_MS = 15_000;
const GREETING_MS = 5000;

/** The name of a source, and what a check came to. */
export type Checked = { name: string; words: string };

/** Checks a source for somebody who waits. @throws UserError in words. */
export async function checkNow(id: string): Promise<Checked> {
  const row = await rowOf(db(), id);
  if (!row) throw new UserError("This mail source does not exist any more.");
  if (row.disabledAt) throw new UserError("This mail source is disabled.");
  await transaction((tx) => tx.update(mailSources).set({ checkRequestedAt: sql`now()` }).where(eq(mailSources.id, id)));
  const words =
    row.kind === "smtp"
      ? await greet(row.options as SmtpOptions)
      : outcomeWords(await checkMailbox(id, stopSignal(), PATIENCE_MS));
  return { name: row.name, words };
}

/** Whether the listener of this node answers. */
async function greet({ address, port }: SmtpOptions): Promise<string> {
  const host = ["", "0.0.0.0", "::"].includes(address) ? "localhost" : address;
  const socket = connect({ host, port, signal: AbortSignal.timeout(GREETING_MS) });
  try {
    await once(socket, "connect");
    return `The listener answers on port ${port}.`;
  } catch (error) {
    throw new UserError(`The listener does not answer. ${inWords(error)}`);
  } finally {
    socket.destroy();
  }
}
