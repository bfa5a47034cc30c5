import "server-only";
import { and, eq, gte, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { reportedJobs } from "../access/scope";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { eachStatus, noCounts, type RunStatus } from "../statuses";
import { daysOf, type Period } from "./rules";
import type { JobResult, Results } from "./types";

const counted = (status: RunStatus) => sql<number>`count(*) filter (where ${runs.countsAs} = ${status})::int`;
const counts = eachStatus(counted);

/** @returns results per job and per day, of the customers and jobs that the role's reports may count. Jobs without runs are in it too. */
export async function resultsOf(access: Access, period: Period, customerId: string | null): Promise<Results> {
  const { timeZone } = access.account;
  const wanted = and(reportedJobs(access), customerId ? eq(customers.id, customerId) : undefined);
  const [jobResults, dayResults] = await Promise.all([
    perJob(wanted, period, timeZone),
    perDay(wanted, period, timeZone),
  ]);
  const known = new Map(dayResults.map((result) => [result.day, result]));
  const days = daysOf(period).map((day) => known.get(day) ?? { day, ...noCounts });
  return { period, jobs: jobResults, days };
}

async function perJob(wanted: SQL | undefined, period: Period, timeZone: string): Promise<JobResult[]> {
  const lastStatus = sql<RunStatus | null>`(array_agg(${runs.countsAs} order by ${runs.ranAt} desc))[1]`;
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
    .leftJoin(runs, and(eq(runs.jobId, jobs.id), within(period, timeZone)))
    .where(
      and(wanted, or(isNotNull(runs.id), and(isNull(jobs.archivedAt), lt(jobs.createdAt, endOf(period, timeZone))))),
    )
    .groupBy(customers.id, jobs.id)
    .orderBy(sql`lower(${customers.name}) collate "C"`, customers.id, sql`lower(${jobs.name}) collate "C"`, jobs.id);
  return rows.map((row) => ({ ...row, lastRanAt: row.lastRanAt === null ? null : new Date(row.lastRanAt) }));
}

function perDay(wanted: SQL | undefined, period: Period, timeZone: string) {
  // Grouped by position: the time zone is a parameter, and two parameters are not known to be the same expression.
  const day = sql<string>`to_char(${runs.ranAt} at time zone ${timeZone}, 'YYYY-MM-DD')`;
  return db()
    .select({ day, ...counts })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(wanted, within(period, timeZone)))
    .groupBy(sql`1`);
}

const within = (period: Period, timeZone: string): SQL | undefined =>
  and(gte(runs.ranAt, startOf(period.from, timeZone)), lt(runs.ranAt, endOf(period, timeZone)));

const startOf = (day: string, timeZone: string): SQL => sql`(${day}::date)::timestamp at time zone ${timeZone}`;
const endOf = ({ to }: Period, timeZone: string): SQL => sql`(${to}::date + 1)::timestamp at time zone ${timeZone}`;
