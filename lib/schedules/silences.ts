import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Executor, Tx } from "../db";
import { jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { silenceDays } from "./expectation";
import { type Look, lockJobs } from "./look";
import { quietOf } from "./quiet-times";
import { storeMissed } from "./store-missed";
import { DAY, type Slot } from "./types";
import { isPausedAt, type Watched } from "./watched";
import { dateOf, localOf } from "./zones";

/** No schedule has so many times a day: the place of what is missed by the rule "no success for so many days". */
export const SILENCE_INDEX = 9999;

type Silence = { job: Watched; days: number; dueAt: number };

/** @returns the jobs that had no success for too long, each once for as long as it lasts. */
export async function dueSilences(executor: Executor, watched: readonly Watched[], now: Date): Promise<Silence[]> {
  const ruled = watched.filter((job) => silenceDays(job) !== null && !isPausedAt(job, now.getTime()));
  if (ruled.length === 0) return [];
  const rows = await executor
    .select({
      id: jobs.id,
      goodAt: momentOf(sql`select max(${runs.ranAt}) from ${runs}
        where ${runs.jobId} = ${jobs.id} and ${runs.countsAs} = 'success' and ${runs.status} <> 'missed'`),
      toldAt: momentOf(sql`select max(${runs.expectedAt}) from ${runs}
        where ${runs.jobId} = ${jobs.id} and ${runs.slotDate} is not null and ${runs.slotIndex} = ${SILENCE_INDEX}`),
    })
    .from(jobs)
    .where(
      inArray(
        jobs.id,
        ruled.map(({ id }) => id),
      ),
    );
  const known = new Map(rows.map((row) => [row.id, row]));
  return ruled.flatMap((job) => {
    const days = silenceDays(job) ?? 0;
    // A pause is no silence of the job, and neither is the time before it was known.
    const resumedAt = job.pausedUntil && job.pausedUntil <= now ? job.pausedUntil.getTime() : 0;
    const since = Math.max(known.get(job.id)?.goodAt ?? 0, job.createdAt.getTime(), resumedAt);
    const isTold = (known.get(job.id)?.toldAt ?? 0) > since;
    return !isTold && since + days * DAY <= now.getTime() ? [{ job, days, dueAt: since + days * DAY }] : [];
  });
}

/** Milliseconds since the epoch, as a number from both drivers. */
const momentOf = (query: ReturnType<typeof sql>) =>
  sql<number | null>`(select extract(epoch from (${query})) * 1000)::float8`;

/** Tells of the silences of these jobs, unless it is a holiday for them. */
export async function findSilences(tx: Tx, ids: readonly string[], look: Look): Promise<void> {
  const free = await lockJobs(tx, ids);
  const quiet = await quietOf(tx, free);
  const at = look.now.getTime();
  const now: Slot = { date: "", index: 0, at, lateFrom: at, extraMinutes: 0, minute: 0 };
  const rows = (await dueSilences(tx, free, look.now))
    .filter(({ job }) => !quiet.get(job.id)?.(now))
    .map(({ job, days, dueAt }) => ({
      jobId: job.id,
      date: dateOf(localOf(job.zone, dueAt).day),
      index: SILENCE_INDEX,
      at: dueAt,
      message: `No success for ${days} ${days === 1 ? "day" : "days"}.`,
    }));
  await storeMissed(tx, rows, look);
}
