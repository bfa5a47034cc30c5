import "server-only";
import { and, eq, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Access } from "../../access/can";
import { db } from "../../db";
import { figureStatus, figuresPerStatus, isFigure } from "../../db/run-figures";
import { customers, jobs } from "../../db/schema/desk";
import { runs } from "../../db/schema/runs";
import { noCounts, type RunStatus } from "../../statuses";
import { daysOf, type Period } from "../rules";
import type { Asked, JobResult, Results } from "../types";
import { byName, dayOfRun, endOf, wantedJobs, withinPeriod } from "./wanted";

const counts = figuresPerStatus();

/** @returns results per job and per day, of the jobs that the role's reports may count. Jobs without runs are in it too. */
export async function resultsOf(access: Access, asked: Asked): Promise<Results> {
  const { period } = asked;
  const { timeZone } = access.account;
  const wanted = wantedJobs(access, asked);
  const [jobResults, dayResults] = await Promise.all([
    perJob(wanted, period, timeZone),
    perDay(wanted, period, timeZone),
  ]);
  const known = new Map(dayResults.map((result) => [result.day, result]));
  const days = daysOf(period).map((day) => known.get(day) ?? { day, ...noCounts });
  return { period, jobs: jobResults, days };
}

async function perJob(wanted: SQL | undefined, period: Period, timeZone: string): Promise<JobResult[]> {
  const lastStatus = sql<RunStatus | null>`(array_agg(${figureStatus} order by ${runs.ranAt} desc))[1]`;
  const rows = await db()
    .select({
      customerId: customers.id,
      customer: customers.name,
      jobId: jobs.id,
      job: jobs.name,
      software: jobs.software,
      ...counts,
      lastStatus,
      lastRanAt: sql<string | null>`max(${runs.ranAt})`,
    })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .leftJoin(runs, and(eq(runs.jobId, jobs.id), isFigure, withinPeriod(period, timeZone)))
    .where(
      and(wanted, or(isNotNull(runs.id), and(isNull(jobs.archivedAt), lt(jobs.createdAt, endOf(period, timeZone))))),
    )
    .groupBy(customers.id, jobs.id)
    .orderBy(...byName);
  return rows.map((row) => ({ ...row, lastRanAt: row.lastRanAt === null ? null : new Date(row.lastRanAt) }));
}

function perDay(wanted: SQL | undefined, period: Period, timeZone: string) {
  return db()
    .select({ day: dayOfRun(timeZone), ...counts })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(wanted, isFigure, withinPeriod(period, timeZone)))
    .groupBy(sql`1`);
}
