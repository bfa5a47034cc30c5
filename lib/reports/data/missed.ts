import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Access } from "../../access/can";
import { db } from "../../db";
import { customers, jobs } from "../../db/schema/desk";
import { runs } from "../../db/schema/runs";
import { most } from "../most";
import type { Asked } from "../types";
import { wantedJobs, withinPeriod } from "./wanted";

const late = alias(runs, "late");

/** @returns the runs that were missed in the period, oldest first, with when they came after all. At most so many as a report lists. */
export async function missedRuns(access: Access, asked: Asked) {
  const { timeZone } = access.account;
  return db()
    .select({
      id: runs.id,
      customerId: customers.id,
      customer: customers.name,
      jobId: jobs.id,
      job: jobs.name,
      expectedAt: sql<Date>`coalesce(${runs.expectedAt}, ${runs.ranAt})`.mapWith(runs.ranAt),
      isSuspected: runs.isSuspected,
      cameAt: late.ranAt,
      reviewer: runs.reviewer,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .leftJoin(late, eq(late.id, runs.lateRunId))
    .where(and(wantedJobs(access, asked), eq(runs.status, "missed"), withinPeriod(asked.period, timeZone)))
    .orderBy(asc(runs.ranAt), asc(runs.id))
    .limit(most.missed);
}

export type MissedRun = Awaited<ReturnType<typeof missedRuns>>[number];
