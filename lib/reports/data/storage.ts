import "server-only";
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Access } from "../../access/can";
import { db } from "../../db";
import { customers, jobs } from "../../db/schema/desk";
import { runs } from "../../db/schema/runs";
import type { Asked } from "../types";
import { byName, dayOfRun, wantedJobs, withinPeriod } from "./wanted";

/** @returns for each job and day on which it told a size: the last one, in bytes; by name of customer and job, then by day. */
export async function sizesOf(access: Access, asked: Asked) {
  const { timeZone } = access.account;
  return db()
    .select({
      customerId: customers.id,
      customer: customers.name,
      jobId: jobs.id,
      job: jobs.name,
      day: dayOfRun(timeZone).as("day"),
      bytes: sql<number>`(array_agg(${runs.sizeBytes} order by ${runs.ranAt} desc))[1]`.mapWith(Number),
      transferred: sql<number>`coalesce(sum(${runs.transferredBytes}), 0)`.mapWith(Number),
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(
      and(
        wantedJobs(access, asked),
        withinPeriod(asked.period, timeZone),
        isNotNull(runs.sizeBytes),
        inArray(runs.status, ["success", "warning"]),
      ),
    )
    .groupBy(customers.id, jobs.id, sql`5`)
    .orderBy(...byName, sql`5`);
}

export type SizeOfDay = Awaited<ReturnType<typeof sizesOf>>[number];
