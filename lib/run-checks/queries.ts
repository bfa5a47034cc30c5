import "server-only";
import { and, eq, isNotNull, type SQLWrapper, sql } from "drizzle-orm";
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
// What is only suspected stands apart: it counts neither for the place nor for the number of the others.
const believed = sql`not ${runs.isSuspected}`;
const worst = (of: SQLWrapper) =>
  sql`case when ${runs.isSuspected} then 1 else min(${severity}) filter (where ${believed}) over (partition by ${of}) end`;
const total = (of: SQLWrapper) => sql<number>`(case when ${runs.isSuspected}
  then count(*) filter (where ${runs.isSuspected}) over (partition by ${of})
  else count(*) filter (where ${believed}) over (partition by ${of}) end)::int`;
// One text that sorts: what is only suspected last, customers in trouble first, in them jobs in trouble, in them runs in
// trouble, the latest first.
const position = sql<string>`concat(${runs.isSuspected},
  ${worst(customers.id)}, left(lower(${customers.name}), 60), chr(1), ${customers.id},
  ${worst(jobs.id)}, left(lower(${jobs.name}), 60), chr(1), ${jobs.id},
  ${severity}, lpad((9999999999 - floor(extract(epoch from ${runs.ranAt})))::bigint::text, 10, '0'))`;

/** Unreviewed runs, what needs work first, in the order of `groupRuns`; at most 200 a page. @param query filters: `checkFilters`. */
export async function listUnreviewed(query: ListQuery<CheckSort>): Promise<ListPage<UnreviewedRun>> {
  const access = await requireRight("runs.view");
  const wanted = asked(access, query.filters);
  const open = db()
    .select({
      id: runs.id,
      customerTotal: total(customers.id).as("customer_total"),
      jobTotal: total(jobs.id).as("job_total"),
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
  // First which rows, then what stands in them: ten thousand are sorted, two hundred are shown.
  const shown = db()
    .select({ id: open.id, customerTotal: open.customerTotal, jobTotal: open.jobTotal, position: open.position })
    .from(open)
    .where(and(open.isShown, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit)
    .as("shown");
  const order = keyset(query, { position: { by: shown.position, type: "text" } }, shown.id, RUNS_PER_PAGE);
  const rows = await db()
    .select({
      id: runs.id,
      status: runs.countsAs,
      isSuspected: runs.isSuspected,
      odd: sql<string[]>`jsonb_path_query_array(${runs.odd}, '$[*].text')`,
      overrideId: runs.overrideId,
      reason: can(access, "overrides.view") ? overrides.reason : sql<null>`null`,
      hasTicket: hasTicket(access),
      message: runs.message,
      ranAt: runs.ranAt,
      jobId: runs.jobId,
      job: jobs.name,
      host: jobs.host,
      customerId: jobs.customerId,
      customer: customers.name,
      customerTotal: shown.customerTotal,
      jobTotal: shown.jobTotal,
      objects: objectsOf,
      cursor: order.cursor,
    })
    .from(shown)
    .innerJoin(runs, eq(runs.id, shown.id))
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .leftJoin(overrides, eq(overrides.id, runs.overrideId))
    .orderBy(...order.orderBy);
  return page.of(
    rows.map(({ objects: [all, inTrouble], overrideId, reason, ...row }) => ({
      ...row,
      override: overrideId ? { reason } : null,
      objects: all,
      objectsInTrouble: inTrouble,
    })),
  );
}

const objectsOf = sql<[number, number]>`(select array[count(*), count(*) filter (where status <> 'success')]::int[]
  from run_objects where run_id = ${runs.id})`;

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
