import "server-only";
import { and, eq, gte, or, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { z } from "zod";
import type { Access } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredJobs, coveredTypes } from "../access/scope";
import { db } from "../db";
import { customers, jobs, resourceTypes } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { HISTORY_DAYS, type PastRun } from "./rules";

/** @returns one job, by which mails it is known, and the types it may have. Stops with 404 for what is not covered. */
export async function getJob(id: string) {
  const access = await requireRight("resources.view");
  if (!z.uuid().safeParse(id).success) notFound();
  const [job] = await db()
    .select({
      id: jobs.id,
      name: jobs.name,
      host: jobs.host,
      software: jobs.software,
      jobType: jobs.jobType,
      notes: jobs.notes,
      version: jobs.version,
      archivedAt: jobs.archivedAt,
      createdAt: jobs.createdAt,
      type: { id: resourceTypes.id, name: resourceTypes.name },
      customer: { id: customers.id, name: customers.name, deactivatedAt: customers.deactivatedAt },
      keys: sql<{ matchKey: string; sender: string }[]>`(
        select coalesce(jsonb_agg(jsonb_build_object('matchKey', match_key, 'sender', sender) order by match_key, sender), '[]')
        from job_keys where job_id = ${jobs.id})`,
    })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(resourceTypes, eq(resourceTypes.id, jobs.resourceTypeId))
    .where(and(eq(jobs.id, id), coveredJobs(access)));
  return job ? { ...job, types: await typesFor(access, job.type.id) } : notFound();
}

/** A job keeps its type, or gets one under which the role would still cover it. */
function typesFor(access: Access, own: string): Promise<{ id: string; name: string }[]> {
  return db()
    .select({ id: resourceTypes.id, name: resourceTypes.name })
    .from(resourceTypes)
    .where(or(eq(resourceTypes.id, own), coveredTypes(access)))
    .orderBy(resourceTypes.position);
}

export type Job = Awaited<ReturnType<typeof getJob>>;

/** A job that runs more often than this is cut off: the chart then shows its latest part. */
const MOST_RUNS = 3000;

/** @returns the runs of the last 60 days (of the account's time zone), oldest first. */
export async function jobHistory(jobId: string): Promise<PastRun[]> {
  const access = await requireRight("resources.view");
  const { timeZone } = access.account;
  const since = sql`(date_trunc('day', now() at time zone ${timeZone}) - make_interval(days => ${HISTORY_DAYS - 1})) at time zone ${timeZone}`;
  const rows = await db()
    .select({
      day: sql<string>`to_char(${runs.ranAt} at time zone ${timeZone}, 'YYYY-MM-DD')`,
      status: runs.countsAs,
      ranAt: runs.ranAt,
      cameLate: sql<boolean>`${runs.lateRunId} is not null`,
      isSuspected: runs.isSuspected,
      sizeBytes: runs.sizeBytes,
      durationSeconds: runs.durationSeconds,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(runs.jobId, jobId), coveredJobs(access), gte(runs.ranAt, since)))
    .orderBy(sql`${runs.ranAt} desc`)
    .limit(MOST_RUNS);
  return rows.reverse();
}
