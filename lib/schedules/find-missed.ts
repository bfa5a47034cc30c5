import "server-only";
import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { db, type Tx, transaction } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { tasks } from "../db/schema/tasks";
import { log } from "../log";
import { deadlineOf, expectationOf } from "./expectation";
import { isDue, judge, lookBack } from "./judge";
import { type Helpers, type Look, lockJobs } from "./look";
import { quietOf } from "./quiet-times";
import { dueSilences, findSilences } from "./silences";
import { storeMissed } from "./store-missed";
import { believeAgain } from "./suspected";
import { DAY, HOUR } from "./types";
import { inUse, seenRuns, type Watched, watchedColumns } from "./watched";
import { missedInWords } from "./words";

const READ_AT_ONCE = 500;
const JUDGE_AT_ONCE = 25;
const CATCH_UP_DAYS = 35;
const AWAY_MS = HOUR / 2;
export const FIND_MISSED = "find-missed";

/**
 * Stores a missed run for each slot whose mail is overdue, and for each job that had no success for too long: a task that may run
 * twice at once, see docs/decisions/schedules.md.
 */
export async function findMissed(signal: AbortSignal, helpers: Helpers, now = new Date()): Promise<void> {
  const silent = await helpers.silentChannels(db());
  const isBack = await wasAway(now);
  for (let after = ""; ; ) {
    signal.throwIfAborted();
    const watched = await watchedJobs(after);
    const last = watched.at(-1);
    if (!last) break;
    await startWatching(watched, now);
    const look = { helpers, silent, isBack, now };
    const overdue = watched.filter((job) => isJobDue(job, now.getTime()));
    await eachPart(overdue, signal, (tx, ids) => judgeJobs(tx, ids, look));
    const tooLong = (await dueSilences(db(), watched, now)).map(({ job }) => job);
    await eachPart(tooLong, signal, (tx, ids) => findSilences(tx, ids, look));
    after = last.id;
  }
  await transaction((tx) => believeAgain(tx, silent, now));
}

/** After a time in which nothing could come in, what is missing may still be on its way. */
async function wasAway(now: Date): Promise<boolean> {
  const [last] = await db().select({ finishedAt: tasks.finishedAt }).from(tasks).where(eq(tasks.name, FIND_MISSED));
  return last?.finishedAt != null && now.getTime() - last.finishedAt.getTime() > AWAY_MS;
}

async function watchedJobs(after: string): Promise<Watched[]> {
  const isExpected = sql`(${jobs.expects} in ('learned', 'planned', 'workstation'))`;
  return db()
    .select(watchedColumns)
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(inUse, isExpected, after ? gt(jobs.id, after) : undefined))
    .orderBy(jobs.id)
    .limit(READ_AT_ONCE);
}

/** A job that nobody watched so far is watched from now on. */
async function startWatching(watched: readonly Watched[], now: Date): Promise<void> {
  const fresh = watched.filter((job) => job.checkedUntil === null && expectationOf(job, job.zone)).map(({ id }) => id);
  if (fresh.length === 0) return;
  await transaction((tx) =>
    tx
      .update(jobs)
      .set({ checkedUntil: now })
      .where(and(inArray(jobs.id, fresh), sql`${jobs.checkedUntil} is null`)),
  );
}

const sinceOf = (job: Watched, now: number): number =>
  Math.max(job.checkedUntil?.getTime() ?? now, job.createdAt.getTime(), now - CATCH_UP_DAYS * DAY);

function isJobDue(job: Watched, now: number): boolean {
  try {
    const expectation = expectationOf(job, job.zone);
    return expectation !== null && isDue(expectation, sinceOf(job, now), now);
  } catch (error) {
    // A zone that this system does not know must not keep the other jobs from being watched.
    if (!(error instanceof RangeError)) throw error;
    log.error({ job: job.id, err: error }, "a schedule could not be judged");
    return false;
  }
}

async function eachPart(
  watched: readonly Watched[],
  signal: AbortSignal,
  run: (tx: Tx, ids: string[]) => Promise<void>,
): Promise<void> {
  const ids = watched.map(({ id }) => id);
  for (let at = 0; at < ids.length; at += JUDGE_AT_ONCE) {
    signal.throwIfAborted();
    await transaction((tx) => run(tx, ids.slice(at, at + JUDGE_AT_ONCE)));
  }
}

/** Stores the missed runs of those of these jobs for which a slot is overdue; jobs that somebody else holds are left for the next look. */
export async function judgeJobs(tx: Tx, ids: readonly string[], look: Look): Promise<void> {
  const now = look.now.getTime();
  const watched = (await lockJobs(tx, ids)).filter((job) => isJobDue(job, now));
  const quiet = await quietOf(tx, watched);
  const rows = [];
  for (const job of watched) {
    const expectation = expectationOf(job, job.zone);
    if (!expectation) continue;
    const since = sinceOf(job, now);
    const runs = (await seenRuns(tx, [job.id], since - lookBack(expectation))).get(job.id) ?? [];
    const isQuiet = quiet.get(job.id) ?? (() => false);
    const { missed, until } = judge(expectation, runs, { since, now, isQuiet });
    for (const { date, index, at, ...slot } of missed) {
      const deadline = deadlineOf(expectation, { date, index, at, ...slot });
      rows.push({ jobId: job.id, date, index, at, message: missedInWords({ at }, deadline, job.zone) });
    }
    const isBehind = lt(jobs.checkedUntil, new Date(until));
    await tx
      .update(jobs)
      .set({ checkedUntil: new Date(until) })
      .where(and(eq(jobs.id, job.id), isBehind));
  }
  await storeMissed(tx, rows, look);
}
