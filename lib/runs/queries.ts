import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { z } from "zod";
import { can } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { contains, keyset } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { overrides } from "../db/schema/overrides";
import { runObjects, runs } from "../db/schema/runs";
import type { ListPage, ListQuery } from "../list";
import type { RunStatus } from "../statuses";

const severity = (status: unknown): SQL =>
  sql`case ${status} when 'failed' then 0 when 'missed' then 1 when 'warning' then 2 when 'unknown' then 3 else 4 end`;
const beside = (sign: SQL, direction: SQL): SQL<string | null> =>
  sql<string | null>`(select o.id from runs o where o.job_id = ${runs.jobId}
    and (o.ran_at, o.id) ${sign} (${runs.ranAt}, ${runs.id}) order by o.ran_at ${direction}, o.id ${direction} limit 1)`;

/** @returns one run with its job, its mail, and the runs before and after it. Stops with 404 for what is not covered. */
export async function getRun(id: string) {
  const access = await requireRight("resources.view");
  if (!z.uuid().safeParse(id).success) notFound();
  const [run] = await db()
    .select({
      id: runs.id,
      status: runs.countsAs,
      /** What was said, whatever an override makes of it. */
      said: runs.status,
      overrideId: runs.overrideId,
      reason: can(access, "overrides.view") ? overrides.reason : sql<null>`null`,
      odd: sql<string[]>`jsonb_path_query_array(${runs.odd}, '$[*].text')`,
      isSuspected: runs.isSuspected,
      expectedAt: runs.expectedAt,
      lateRunId: runs.lateRunId,
      message: runs.message,
      ranAt: runs.ranAt,
      startedAt: runs.startedAt,
      endedAt: runs.endedAt,
      durationSeconds: runs.durationSeconds,
      sizeBytes: runs.sizeBytes,
      transferredBytes: runs.transferredBytes,
      notes: runs.notes,
      reviewedAt: runs.reviewedAt,
      reviewer: runs.reviewer,
      job: { id: jobs.id, name: jobs.name, host: jobs.host, software: jobs.software, archivedAt: jobs.archivedAt },
      customer: { id: customers.id, name: customers.name, deactivatedAt: customers.deactivatedAt },
      mail: { id: mails.id, subject: mails.subject, fromAddress: mails.fromAddress, receivedAt: mails.receivedAt },
      previousId: beside(sql`<`, sql`desc`),
      nextId: beside(sql`>`, sql`asc`),
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .leftJoin(mails, and(eq(mails.id, runs.mailId), isNull(mails.deletedAt)))
    .leftJoin(overrides, eq(overrides.id, runs.overrideId))
    .where(and(eq(runs.id, id), coveredJobs(access)));
  if (!run) notFound();
  const { overrideId, reason, ...shown } = run;
  return { ...shown, override: overrideId ? { reason } : null };
}

export type Run = Awaited<ReturnType<typeof getRun>>;

export const OBJECTS_PER_PAGE = 100;

/** What one run protected, in trouble first. @param page from 1. @returns also how many there are in all. */
export async function listObjects(runId: string, search: string, page: number) {
  const access = await requireRight("resources.view");
  const rows = await db()
    .select({
      position: runObjects.position,
      name: runObjects.name,
      status: runObjects.status,
      message: runObjects.message,
      sizeBytes: runObjects.sizeBytes,
      durationSeconds: runObjects.durationSeconds,
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(runObjects)
    .innerJoin(runs, eq(runs.id, runObjects.runId))
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(
      and(
        eq(runObjects.runId, runId),
        coveredJobs(access),
        contains(sql`concat_ws(' ', ${runObjects.name}, ${runObjects.message})`, search),
      ),
    )
    .orderBy(severity(runObjects.status), runObjects.position)
    .limit(OBJECTS_PER_PAGE)
    .offset((page - 1) * OBJECTS_PER_PAGE);
  return { rows, total: rows[0]?.total ?? 0 };
}

export type RunObject = Awaited<ReturnType<typeof listObjects>>["rows"][number];

export type RunRow = {
  id: string;
  status: RunStatus;
  ranAt: Date;
  durationSeconds: number | null;
  sizeBytes: number | null;
  message: string | null;
  reviewer: string | null;
  isOverridden: boolean;
  isOdd: boolean;
  job: string;
};

const shown = {
  id: runs.id,
  status: runs.countsAs,
  ranAt: runs.ranAt,
  durationSeconds: runs.durationSeconds,
  sizeBytes: runs.sizeBytes,
  message: runs.message,
  reviewer: runs.reviewer,
  isOverridden: sql<boolean>`${runs.overrideId} is not null`.as("is_overridden"),
  isOdd: sql<boolean>`${runs.odd} <> '[]'`.as("is_odd"),
};

/** The runs of one job. @param query filter: status. */
export async function listRunsOfJob(jobId: string, query: ListQuery<"ran">): Promise<ListPage<RunRow>> {
  const access = await requireRight("resources.view");
  const page = keyset(query, { ran: { by: runs.ranAt, type: "timestamptz" } }, runs.id);
  const { status } = query.filters;
  const rows = await db()
    .select({ ...shown, job: jobs.name, cursor: page.cursor })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(
      and(
        eq(runs.jobId, jobId),
        coveredJobs(access),
        status ? sql`${runs.countsAs} = ${status}` : undefined,
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return page.of(rows);
}

/** @returns the latest runs of all of a customer's jobs. */
export async function latestRunsOfCustomer(customerId: string, limit: number): Promise<RunRow[]> {
  const access = await requireRight("resources.view");
  // Per job first: otherwise a quiet customer's runs are looked for among everybody's.
  const latest = db()
    .select(shown)
    .from(runs)
    .where(eq(runs.jobId, jobs.id))
    .orderBy(sql`${runs.ranAt} desc`)
    .limit(limit)
    .as("latest");
  return db()
    .select({
      id: latest.id,
      status: latest.status,
      ranAt: latest.ranAt,
      durationSeconds: latest.durationSeconds,
      sizeBytes: latest.sizeBytes,
      message: latest.message,
      reviewer: latest.reviewer,
      isOverridden: latest.isOverridden,
      isOdd: latest.isOdd,
      job: jobs.name,
    })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .crossJoinLateral(latest)
    .where(and(eq(jobs.customerId, customerId), coveredJobs(access)))
    .orderBy(sql`${latest.ranAt} desc`, latest.id)
    .limit(limit);
}
