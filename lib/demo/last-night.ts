import "server-only";
import type { Tx } from "../db";
import { insertMany } from "../db/insert-many";
import { mails } from "../db/schema/mails";
import { runObjects, runs } from "../db/schema/runs";
import { markOddities } from "../oddities/mark";
import { duplicatiMail } from "./mails/duplicati";
import { veeamMail } from "./mails/veeam";
import { vzdumpMail } from "./mails/vzdump";
import type { Random } from "./random";
import { objectRows, runRow } from "./runs";
import { storedMail } from "./stored-mails";
import type { Outcome, Product } from "./types";

export const mailOf: Record<Product, (outcome: Outcome) => Uint8Array> = {
  veeam: veeamMail,
  agent: veeamMail,
  vzdump: vzdumpMail,
  duplicati: duplicatiMail,
};

type Arrived = {
  mail: Awaited<ReturnType<typeof storedMail>>["row"];
  run: ReturnType<typeof runRow>;
  outcome: Outcome;
};

/** Reads the last night as it would have come: a mail for every run. Draws from `random` before it waits for anything. */
export function readLastNight(random: Random, outcomes: readonly Outcome[], now: Date): Promise<Arrived[]> {
  return Promise.all(outcomes.map((outcome) => arrive(random, outcome, now)));
}

async function arrive(random: Random, outcome: Outcome, now: Date): Promise<Arrived> {
  const receivedAt = new Date(Math.min(outcome.endedAt.getTime() + 20_000, now.getTime()));
  const runId = random.id(receivedAt.getTime());
  const { row, read } = await storedMail(random, mailOf[outcome.job.product](outcome), receivedAt);
  const [parsed] = read.runs;
  if (read.kind !== "run" || !parsed || parsed.status === "missed")
    throw new Error(`The sample mail "${row.subject}" was not understood.`);
  const seen: Outcome = {
    ...outcome,
    status: parsed.status,
    message: parsed.message,
    startedAt: new Date(parsed.startedAt ?? outcome.startedAt),
    endedAt: new Date(parsed.endedAt ?? outcome.endedAt),
    durationSeconds: parsed.durationSeconds ?? outcome.durationSeconds,
    sizeBytes: parsed.sizeBytes ?? outcome.sizeBytes,
    transferredBytes: parsed.transferredBytes ?? outcome.transferredBytes,
    objects: parsed.objects,
  };
  const mail = { ...row, jobId: outcome.job.id, approvedAt: receivedAt };
  return { mail, outcome: seen, run: runRow(runId, seen, { mailId: row.id, reviewedAt: null, reviewer: null }) };
}

/** Stores what was read; nobody has reviewed it yet. */
export async function insertLastNight(tx: Tx, came: readonly Arrived[]): Promise<void> {
  for (let at = 0; at < came.length; at += 100)
    await tx.insert(mails).values(came.slice(at, at + 100).map(({ mail }) => mail));
  await insertMany(
    tx,
    runs,
    came.map(({ run }) => run),
  );
  await insertMany(
    tx,
    runObjects,
    came.flatMap(({ run, outcome }) => objectRows(run.id, outcome)),
  );
  await markOddities(
    tx,
    came.map(({ run }) => run.id),
  );
}
