import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { can } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { keyset } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import { overrides } from "../db/schema/overrides";
import { runs } from "../db/schema/runs";
import type { ListPage, ListQuery } from "../list";
import type { UnreviewedRun } from "./rules";
import { asked, hasTicket, named, waiting } from "./waiting";

export type CheckSort = "position";
const RUNS_PER_PAGE = 200;

const severity = sql`case ${runs.countsAs}
  when 'failed' then 0 when 'missed' then 1 when 'warning' then 2 when 'unknown' then 3 else 4 end`;
const apart = sql`case when ${runs.isSuspected} then 1 else 0 end`;
// One text that sorts: what is only suspected last, customers in trouble first, in them jobs in trouble, in them runs in
// trouble, the latest first.
const position = sql<string>`concat(${apart},
  min(${severity}) over (partition by ${apart}, ${customers.id}), left(lower(${customers.name}), 60), chr(1), ${customers.id},
  min(${severity}) over (partition by ${apart}, ${jobs.id}), left(lower(${jobs.name}), 60), chr(1), ${jobs.id},
  ${severity}, lpad((9999999999 - floor(extract(epoch from ${runs.ranAt})))::bigint::text, 10, '0'))`;

/** Unreviewed runs, what needs work first, in the order of `groupRuns`; at most 200 a page. @param query filters: `checkFilters`. */
export async function listUnreviewed(query: ListQuery<CheckSort>): Promise<ListPage<UnreviewedRun>> {
  const access = await requireRight("runs.view");
  const wanted = asked(access, query.filters);
  const open = db()
    .select({
      id: runs.id,
      status: runs.countsAs,
      isSuspected: runs.isSuspected,
      overrideId: runs.overrideId,
      odd: runs.odd,
      message: runs.message,
      ranAt: runs.ranAt,
      jobId: runs.jobId,
      job: sql<string>`${jobs.name}`.as("job"),
      host: jobs.host,
      customerId: jobs.customerId,
      customer: sql<string>`${customers.name}`.as("customer"),
      customerTotal: sql<number>`(count(*) over (partition by ${apart}, ${customers.id}))::int`.as("customer_total"),
      jobTotal: sql<number>`(count(*) over (partition by ${apart}, ${jobs.id}))::int`.as("job_total"),
      hasTicket: hasTicket(access).as("has_ticket"),
      // Told here, asked outside: what a filter hides still counts for its customer and its job.
      isShown: sql<boolean>`(${and(wanted.status, wanted.only)})`.as("is_shown"),
      position: position.as("position"),
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(waiting(access, query.search), wanted.customer, wanted.software, wanted.type))
    .as("open");
  const page = keyset(query, { position: { by: open.position, type: "text" } }, open.id, RUNS_PER_PAGE);
  const objects = sql<[number, number]>`(select array[count(*), count(*) filter (where status <> 'success')]::int[]
    from run_objects where run_id = ${open.id})`;
  const rows = await db()
    .select({
      id: open.id,
      status: open.status,
      isSuspected: open.isSuspected,
      odd: sql<string[]>`jsonb_path_query_array(${open.odd}, '$[*].text')`,
      overrideId: open.overrideId,
      reason: can(access, "overrides.view") ? overrides.reason : sql<null>`null`,
      hasTicket: open.hasTicket,
      message: open.message,
      ranAt: open.ranAt,
      jobId: open.jobId,
      job: open.job,
      host: open.host,
      customerId: open.customerId,
      customer: open.customer,
      customerTotal: open.customerTotal,
      jobTotal: open.jobTotal,
      objects,
      cursor: page.cursor,
    })
    .from(open)
    .leftJoin(overrides, eq(overrides.id, open.overrideId))
    .where(and(open.isShown, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return page.of(
    rows.map(({ objects: [all, inTrouble], overrideId, reason, ...row }) => ({
      ...row,
      override: overrideId ? { reason } : null,
      objects: all,
      objectsInTrouble: inTrouble,
    })),
  );
}

export type ReviewedSort = "reviewed";

/** What was reviewed last, the latest first. */
export async function listReviewed(query: ListQuery<ReviewedSort>) {
  const access = await requireRight("runs.view");
  const page = keyset(query, { reviewed: { by: runs.reviewedAt, type: "timestamptz" } }, runs.id);
  const rows = await db()
    .select({
      id: runs.id,
      status: runs.countsAs,
      ranAt: runs.ranAt,
      reviewedAt: runs.reviewedAt,
      reviewer: runs.reviewer,
      job: jobs.name,
      host: jobs.host,
      customer: customers.name,
      cursor: page.cursor,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(coveredJobs(access), isNotNull(runs.reviewedAt), named(query.search), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return page.of(rows);
}

export type ReviewedRun = Awaited<ReturnType<typeof listReviewed>>["rows"][number];
