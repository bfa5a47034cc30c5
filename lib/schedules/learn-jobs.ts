import "server-only";
import { and, eq, gt, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { db, type Tx, transaction } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import { log } from "../log";
import { collapse } from "./learn/hits";
import { relearn } from "./learn/relearn";
import { observedOffset } from "./offsets";
import { quietOf } from "./quiet-times";
import { DAY } from "./types";
import { inUse, seenRuns, type Watched, watchedColumns } from "./watched";

const AT_ONCE = 50;
const LOOK_BACK_DAYS = 400;

/** Learns the schedules of all jobs that have new runs since the last time, or another time zone: a task, see docs/decisions/schedules.md. */
export async function learnSchedules(signal: AbortSignal): Promise<void> {
  for (let after = ""; ; ) {
    signal.throwIfAborted();
    const ids = await jobsWithNews(after);
    const last = ids.at(-1);
    if (last === undefined) return;
    await transaction((tx) => learnJobs(tx, ids));
    after = last;
  }
}

async function jobsWithNews(after: string): Promise<string[]> {
  const isNew = sql`exists (select 1 from ${runs} where ${runs.jobId} = ${jobs.id} and ${runs.status} <> 'missed'
    and ${runs.createdAt} > ${jobs.learnedAt} and ${runs.ranAt} > ${jobs.learnedAt} - interval '100 days')`;
  // The customer or the account may have moved to another zone.
  const isElsewhere = sql`(${jobs.learned} ->> 'clock' <> ${watchedColumns.zone} and ${jobs.learned} ->> 'clock' !~ '^[+-]')`;
  const rows = await db()
    .select({ id: jobs.id })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(inUse, after ? gt(jobs.id, after) : undefined, or(isNull(jobs.learnedAt), isNew, isElsewhere)))
    .orderBy(jobs.id)
    .limit(AT_ONCE);
  return rows.map(({ id }) => id);
}

const NEW_AT_ONCE = 20;

/** Jobs of which nothing is known yet are learned with each new run, not only when it is the task's turn. @param runIds of new runs. */
export async function learnNewJobs(tx: Tx, runIds: readonly string[]): Promise<void> {
  const rows = await tx
    .selectDistinct({ id: jobs.id })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .where(and(inArray(runs.id, [...runIds]), isNull(jobs.learned), ne(runs.status, "missed")))
    .limit(NEW_AT_ONCE);
  if (rows.length > 0)
    await learnJobs(
      tx,
      rows.map(({ id }) => id),
    );
}

/** Learns the schedules of these jobs now. */
export async function learnJobs(tx: Tx, ids: readonly string[]): Promise<void> {
  const watched = await tx
    .select(watchedColumns)
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(inArray(jobs.id, [...ids]))
    .orderBy(jobs.id);
  const [seen, quiet, offsets] = [
    await seenRuns(tx, ids, Date.now() - LOOK_BACK_DAYS * DAY),
    await quietOf(tx, watched),
    await observedOffsets(tx, ids),
  ];
  for (const job of watched) {
    try {
      const learned = relearn(job.learned, collapse(seen.get(job.id) ?? []), job.zone, quiet.get(job.id));
      await keep(tx, job, learned, offsets.get(job.id) ?? null);
    } catch (error) {
      // One job with numbers that nobody thought of must not keep the others from being learned.
      if (!(error instanceof RangeError)) throw error;
      log.error({ job: job.id, err: error }, "a schedule could not be learned");
    }
  }
}

/** Runs before the schedule was known are not held against the job. */
async function keep(tx: Tx, job: Watched, learned: Watched["learned"], offset: number | null): Promise<void> {
  const isFirst = !job.learned?.schedule && learned?.schedule;
  await tx
    .update(jobs)
    .set({
      learned,
      learnedAt: sql`now()`,
      observedOffsetMinutes: offset,
      ...(isFirst && job.expects === "learned" && { checkedUntil: sql`greatest(${jobs.checkedUntil}, now())` }),
    })
    .where(eq(jobs.id, job.id));
}

const SAMPLES = 5;

async function observedOffsets(tx: Tx, ids: readonly string[]): Promise<Map<string, number | null>> {
  const latest = tx
    .select({ sentAt: mails.sentAt, parsed: sql<unknown>`${mails.parsed}`.as("parsed") })
    .from(mails)
    .where(sql`${mails.jobId} = ${jobs.id} and ${mails.kind} = 'run'`)
    .orderBy(sql`${mails.receivedAt} desc`)
    .limit(SAMPLES)
    .as("latest");
  const rows = await tx
    .select({ jobId: jobs.id, sentAt: latest.sentAt, parsed: latest.parsed })
    .from(jobs)
    .innerJoinLateral(latest, sql`true`)
    .where(inArray(jobs.id, [...ids]));
  const samples = grouped(rows);
  return new Map([...samples].map(([jobId, own]) => [jobId, observedOffset(own)]));
}

function grouped<T extends { jobId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.jobId, [...(groups.get(row.jobId) ?? []), row]);
  return groups;
}
