import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { requireRight } from "../access/guard";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { isId } from "../ids";
import { deadlineOf, expectationOf, silenceDays } from "./expectation";
import { nextSlots } from "./judge";
import { collapse } from "./learn/hits";
import { quietOf } from "./quiet-times";
import { DAY } from "./types";
import { inUse, isPausedAt, seenRuns, type Watched, watchedColumns } from "./watched";
import { learningInWords } from "./words";
import { isFixed, localOf, offsetMinutesAt } from "./zones";

const LAST_HITS = 5;
const LOOK_BACK_DAYS = 120;
const AHEAD = 60;

/** @returns what is expected of a job and why. Stops with 404 for what is not covered. */
export async function getJobSchedule(jobId: string) {
  const access = await requireRight("resources.view");
  if (!isId(jobId)) notFound();
  const [job] = await db()
    .select({
      ...watchedColumns,
      version: jobs.version,
      timeZone: jobs.timeZone,
      customerZone: customers.timeZone,
      observedOffsetMinutes: jobs.observedOffsetMinutes,
      pausedBy: jobs.pausedBy,
      isInUse: sql<boolean>`${inUse}`,
    })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobs.id, jobId), coveredJobs(access)));
  if (!job) return notFound();
  const now = Date.now();
  const seen = (await seenRuns(db(), [job.id], now - LOOK_BACK_DAYS * DAY)).get(job.id) ?? [];
  const hits = collapse(seen);
  const days = new Set(hits.map(({ at }) => localOf(job.zone, at).day)).size;
  const shown = { ...job, isPaused: isPausedAt(job, now), silenceDays: silenceDays(job) };
  return {
    ...shown,
    zoneOf: job.timeZone ? ("job" as const) : job.customerZone ? ("customer" as const) : ("account" as const),
    learning: learningInWords({ runs: hits.length, days }, job.learnedAt !== null),
    lastHits: hits.slice(-LAST_HITS).map(({ at }) => new Date(at)),
    next: await nextExpected(job, now),
    otherOffset: offsetThatDisagrees(job, seen.at(-1)?.ranAt ?? now),
  };
}

export type JobSchedule = Awaited<ReturnType<typeof getJobSchedule>>;

/** @returns the next run that is expected, and when its mail is late; null for none. */
async function nextExpected(job: Watched & { isInUse: boolean }, now: number) {
  const expectation = job.isInUse ? expectationOf(job, job.zone) : null;
  if (!expectation) return null;
  const isQuiet = (await quietOf(db(), [job])).get(job.id);
  const slot = nextSlots(expectation, now, AHEAD).find((one) => !isQuiet?.(one));
  return slot ? { at: new Date(slot.at), lateFrom: new Date(deadlineOf(expectation, slot)) } : null;
}

/** A sender by a fixed clock was understood: its offset is no contradiction. */
function offsetThatDisagrees(job: Watched & { observedOffsetMinutes: number | null }, at: number): number | null {
  const observed = job.observedOffsetMinutes;
  if (observed === null || (job.learned && isFixed(job.learned.clock))) return null;
  return observed === offsetMinutesAt(job.zone, at) ? null : observed;
}
