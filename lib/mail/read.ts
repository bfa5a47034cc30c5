import { countParse } from "../metrics/counted";
import { workerPool } from "../workers";
import { limits } from "./parse/limits";
import type { ReadMail } from "./parse/types";
import { unreadable } from "./parse/unreadable";
import type { Trial, Tried } from "./rules/try";
import type { RuleSet } from "./rules/types";

const threads = 2;
const waitingAtMost = 2000;
const longestMilliseconds = 10_000;

// One for the whole process: the bundler may give each page a copy of this module.
const kept = globalThis as typeof globalThis & { backupchecksMailTurns?: { running: number; waiting: (() => void)[] } };

/**
 * Reads a mail in a worker thread, within 10 seconds and about 256 MB. A mail that breaks this, or crashes the parser, resolves as
 * "unreadable"; it never rejects because of the mail. Rejects when the worker was not built, when 2,000 mails wait already, or when the process is stopping: then the mail is to be read later.
 * `receivedAt` is ISO 8601; `rules` are those that an administrator added.
 */
export async function readMail(raw: Uint8Array, receivedAt: string, rules?: RuleSet): Promise<ReadMail> {
  const pool = readers();
  if (raw.length > limits.messageBytes) return unreadable(raw, "The mail is larger than 25 MB.");
  await turn();
  const startedAt = performance.now();
  try {
    // Without the copy a small mail that is cut out of a large buffer would take all of that buffer with it.
    const copy = new Uint8Array(raw);
    const task = { raw: copy, receivedAt, rules };
    const signal = AbortSignal.timeout(longestMilliseconds);
    const read: ReadMail = await pool.run(task, { transferList: [copy.buffer], signal });
    countParse(read.kind, (performance.now() - startedAt) / 1000);
    return read;
  } catch (error) {
    // The process is being stopped; that says nothing about the mail.
    if (error instanceof Error && error.message === "Terminating worker thread") throw error;
    countParse("unreadable", (performance.now() - startedAt) / 1000);
    return unreadable(raw, reason(error));
  } finally {
    passOn();
  }
}

const tryingMilliseconds = 5000;

/**
 * Tries a rule on stored mails in a worker thread, within 5 seconds. @returns what it would make of each, or null when it took longer.
 * Rejects for patterns that cannot be used, and as `readMail` does.
 */
export async function tryOut(trial: Trial): Promise<Tried[] | null> {
  const pool = readers();
  await turn();
  try {
    return await pool.run(trial, { signal: AbortSignal.timeout(tryingMilliseconds) });
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string };
    if (name === "AbortError" || name === "TimeoutError" || code === "ERR_WORKER_OUT_OF_MEMORY") return null;
    throw error;
  } finally {
    passOn();
  }
}

const readers = () =>
  workerPool("parse.worker", {
    maxThreads: threads,
    maxQueue: waitingAtMost,
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
    env: {},
  });

// The clock of a mail starts when its thread starts, so the waiting happens here and not in the pool.
async function turn(): Promise<void> {
  kept.backupchecksMailTurns ??= { running: 0, waiting: [] };
  const turns = kept.backupchecksMailTurns;
  if (turns.running < threads) {
    turns.running++;
    return;
  }
  if (turns.waiting.length >= waitingAtMost) throw new Error("Too many mails are waiting to be read.");
  await new Promise<void>((resolve) => turns.waiting.push(resolve));
}

function passOn(): void {
  const turns = kept.backupchecksMailTurns;
  const next = turns?.waiting.shift();
  if (next) next();
  else if (turns) turns.running--;
}

function reason(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string };
  if (name === "AbortError" || name === "TimeoutError") return "Reading the mail took longer than 10 seconds.";
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return "Reading the mail needed more memory than a mail may use.";
  return "The mail made the reader fail.";
}
