import "server-only";
import { db } from "../db";
import { UserError } from "../errors";
import { fileNow } from "../filing/start";
import { log } from "../log";
import { HereFailed } from "./here";
import { readGraph } from "./read-graph";
import { readImap } from "./read-imap";
import { reportable } from "./reportable";
import { asSource, noteCheck, rowOf } from "./stored";
import type { Mailbox, Outcome } from "./types";
import { inWords, Refused, Throttled } from "./words";

/** A mailbox that refuses the password is left alone for a while: many lock the account after a few tries. */
const REFUSED_MS = 10 * 60_000;

/** What went wrong, as plain words: an error of one bundle is no UserError to another one that waits for it. */
type Result = { outcome: Outcome } | { words: string };
type State = { running: Map<string, Promise<Result>>; waits: Map<string, number> };
// One per process: the bundler may give each page a copy of this module.
const kept = globalThis as typeof globalThis & { backupchecksMailboxes?: State };

/**
 * Reads a mailbox now. Who asks while it is being read waits for that.
 * @param milliseconds after that no new message is begun; the next check goes on there.
 * @throws UserError in words, which are noted at the source too; HereFailed, or the reason of an abort.
 */
export async function checkMailbox(id: string, signal: AbortSignal, milliseconds: number): Promise<Outcome> {
  const { running } = state();
  const begun = running.get(id) ?? read(id, signal, Date.now() + milliseconds).finally(() => running.delete(id));
  running.set(id, begun);
  const result = await begun;
  if ("words" in result) throw new UserError(result.words);
  return result.outcome;
}

/** The same, but begun after this moment: for news that a reading under way may have missed. */
export async function checkAfresh(id: string, signal: AbortSignal, milliseconds: number): Promise<Outcome> {
  await state()
    .running.get(id)
    ?.catch(() => {});
  return checkMailbox(id, signal, milliseconds);
}

/** @returns whether the mailbox asked to be left alone, as the version of its settings was then. */
export function mustWait({ id, version }: { id: string; version: number }): boolean {
  return (state().waits.get(`${id} ${version}`) ?? 0) > Date.now();
}

async function read(id: string, signal: AbortSignal, until: number): Promise<Result> {
  const row = await rowOf(db(), id);
  if (!row || row.disabledAt || row.kind === "smtp") return { words: "This mailbox is disabled or gone." };
  try {
    const source = asSource(row) as Mailbox;
    const outcome = await (source.kind === "imap" ? readImap(source, signal, until) : readGraph(source, signal, until));
    await noteCheck(row, outcome.problem, true);
    if (outcome.taken > 0) void fileNow();
    return { outcome };
  } catch (error) {
    if (signal.aborted || error instanceof HereFailed) throw error;
    const words = inWords(error);
    // Once, not every minute for as long as it lasts.
    if (row.error !== words)
      log.warn({ source: row.name, words, failure: reportable(error) }, "a mailbox could not be read");
    if (error instanceof Refused) wait(row, REFUSED_MS);
    if (error instanceof Throttled) wait(row, error.seconds * 1000);
    await noteCheck(row, words, false);
    // What was stored before it broke off is to be filed all the same.
    void fileNow();
    return { words };
  }
}

function wait({ id, version }: { id: string; version: number }, milliseconds: number): void {
  const { waits } = state();
  for (const [key, until] of waits) if (until < Date.now()) waits.delete(key);
  waits.set(`${id} ${version}`, Date.now() + milliseconds);
}

function state(): State {
  kept.backupchecksMailboxes ??= { running: new Map(), waits: new Map() };
  return kept.backupchecksMailboxes;
}
