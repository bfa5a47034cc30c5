import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Access } from "../../access/can";
import { db } from "../../db";
import { customers, jobs } from "../../db/schema/desk";
import { runs } from "../../db/schema/runs";
import type { Asked } from "../types";
import { wantedJobs, withinPeriod } from "./wanted";

/** @returns who reviewed how many of the period's runs, and after how long (median, in seconds); `reviewer` is null for those nobody reviewed. */
export async function reviewsOf(access: Access, asked: Asked) {
  const trouble = sql`${runs.countsAs} <> 'success'`;
  const waited = sql`extract(epoch from ${runs.reviewedAt} - ${runs.createdAt})`;
  return db()
    .select({
      reviewer: runs.reviewer,
      reviewed: sql<number>`count(*)::int`,
      trouble: sql<number>`count(*) filter (where ${trouble})::int`,
      medianSeconds: sql<number | null>`(percentile_cont(0.5) within group (order by ${waited}))::float8`,
      lastAt: sql<string | null>`max(${runs.reviewedAt})`,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(wantedJobs(access, asked), withinPeriod(asked.period, access.account.timeZone)))
    .groupBy(runs.reviewer)
    .orderBy(sql`${runs.reviewer} is null`, sql`count(*) desc`, runs.reviewer);
}

export type Reviews = Awaited<ReturnType<typeof reviewsOf>>;
