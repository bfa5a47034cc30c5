import "server-only";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { expectationOf, silenceDays } from "./expectation";
import { cameLate, lookBack, type Told } from "./judge";
import { mergeNotice } from "./merge-notice";
import { SILENCE_INDEX } from "./silences";
import { DAY } from "./types";
import { seenRuns, type Watched, watchedColumns } from "./watched";

/** Who reviewed a missed run whose mail came after all. */
export const CAME_LATE = "Came late";
const LOOK_BACK_DAYS = 70;

type Open = Told & { jobId: string };

/**
 * New runs may be the ones that were missed: the missed one then names it and is reviewed; who has reviewed it before stays. A notice of
 * the software itself that it did not run takes the place of ours.
 * @param runIds of runs that were just added.
 */
export async function settleMissed(tx: Tx, runIds: readonly string[]): Promise<void> {
  const added = await tx
    .select({
      id: runs.id,
      jobId: runs.jobId,
      status: runs.status,
      countsAs: runs.countsAs,
      ranAt: runs.ranAt,
      slot: runs.slotDate,
    })
    .from(runs)
    .where(inArray(runs.id, [...runIds]));
  const came = added.filter(({ slot }) => slot === null);
  if (came.length === 0) return;
  const jobIds = [...new Set(came.map(({ jobId }) => jobId))];
  const open = await openMissed(tx, jobIds);
  if (open.length === 0 && came.every(({ status }) => status !== "missed")) return;
  for (const job of await jobsOf(tx, jobIds)) {
    const own = came.filter(({ jobId }) => jobId === job.id);
    const missed = open.filter(({ jobId }) => jobId === job.id);
    for (const notice of own.filter(({ status }) => status === "missed")) await mergeNotice(tx, job, notice);
    const isNew = (id: string) => own.some((run) => run.id === id && run.status !== "missed");
    await settleSlots(
      tx,
      job,
      missed.filter(({ index }) => index !== SILENCE_INDEX),
      isNew,
    );
    for (const silence of missed.filter(({ index }) => index === SILENCE_INDEX)) {
      const began = silence.at - (silenceDays(job) ?? 1) * DAY;
      const good = own.find(({ countsAs, ranAt }) => countsAs === "success" && ranAt.getTime() > began);
      if (good) await settle(tx, silence.id, good.id);
    }
  }
}

async function openMissed(tx: Tx, jobIds: readonly string[]): Promise<Open[]> {
  const rows = await tx
    .select({ id: runs.id, jobId: runs.jobId, date: runs.slotDate, index: runs.slotIndex, at: runs.expectedAt })
    .from(runs)
    .where(
      and(
        inArray(runs.jobId, [...jobIds]),
        eq(runs.status, "missed"),
        isNull(runs.lateRunId),
        sql`${runs.slotDate} is not null and ${runs.ranAt} > now() - make_interval(days => ${LOOK_BACK_DAYS})`,
      ),
    )
    .orderBy(runs.expectedAt);
  return rows.map(({ date, index, at, ...row }) => ({
    ...row,
    date: date ?? "",
    index: index ?? 0,
    at: at?.getTime() ?? 0,
  }));
}

const jobsOf = (tx: Tx, jobIds: readonly string[]): Promise<Watched[]> =>
  tx
    .select(watchedColumns)
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(inArray(jobs.id, [...jobIds]));

async function settleSlots(tx: Tx, job: Watched, missed: Open[], isNew: (id: string) => boolean): Promise<void> {
  const first = missed[0];
  if (!first) return;
  const expectation = expectationOf(job, job.zone);
  const since = first.at - (expectation ? lookBack(expectation) : 7 * DAY);
  const seen = (await seenRuns(tx, [job.id], since)).get(job.id) ?? [];
  for (const [id, runId] of cameLate(expectation, missed, seen, { now: Date.now(), isNew }))
    await settle(tx, id, runId);
}

async function settle(tx: Tx, id: string, lateRunId: string): Promise<void> {
  await tx
    .update(runs)
    .set({
      lateRunId,
      isSuspected: false,
      reviewer: sql`case when ${runs.reviewedAt} is null then ${CAME_LATE}::text else ${runs.reviewer} end`,
      reviewedAt: sql`coalesce(${runs.reviewedAt}, now())`,
    })
    .where(and(eq(runs.id, id), isNull(runs.lateRunId)));
}
