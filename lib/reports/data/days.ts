import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Access } from "../../access/can";
import type { DayRun } from "../../days/rules";
import { db } from "../../db";
import { customers, jobs } from "../../db/schema/desk";
import { runs } from "../../db/schema/runs";
import { most } from "../most";
import type { Asked } from "../types";
import { byName, dayOfRun, wantedJobs, withinPeriod } from "./wanted";

/** One day of one job, with its runs in the order in which they ran. */
export type JobDay = {
  customer: string;
  jobId: string;
  job: string;
  day: string;
  runs: DayRun[];
};

/** @returns the days on which jobs ran, by name of customer and job, then by day. */
export async function jobDays(access: Access, asked: Asked): Promise<JobDay[]> {
  const { timeZone } = access.account;
  return db()
    .select({
      customer: customers.name,
      jobId: jobs.id,
      job: jobs.name,
      day: dayOfRun(timeZone).as("day"),
      runs: sql<JobDay["runs"]>`jsonb_agg(jsonb_build_object('status', ${runs.countsAs}, 'ranAt', ${runs.ranAt},
        'cameLate', ${runs.lateRunId} is not null, 'isSuspected', ${runs.isSuspected}) order by ${runs.ranAt})`,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(wantedJobs(access, asked), withinPeriod(asked.period, timeZone)))
    .groupBy(customers.id, jobs.id, sql`4`)
    .orderBy(...byName, sql`4`)
    .limit(most.days);
}
