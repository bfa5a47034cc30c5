import "server-only";
import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { contains, keyset } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import type { ListPage, ListQuery } from "../list";
import { type Counts, eachStatus, type RunStatus, statusOrder, totalOf } from "../statuses";
import type { UnreviewedRun } from "./rules";

export type CheckSort = "position";
export const checkFilters = ["status"] as const;
const RUNS_PER_PAGE = 200;

const severity = sql`case ${runs.countsAs} when 'failed' then 0 when 'warning' then 1 when 'unknown' then 2 else 3 end`;
// One text that sorts: customers in trouble first, in them jobs in trouble, in them runs in trouble, the latest first.
const position = sql<string>`concat(
  min(${severity}) over (partition by ${customers.id}), left(lower(${customers.name}), 60), chr(1), ${customers.id},
  min(${severity}) over (partition by ${jobs.id}), left(lower(${jobs.name}), 60), chr(1), ${jobs.id},
  ${severity}, lpad((9999999999 - floor(extract(epoch from ${runs.ranAt})))::bigint::text, 10, '0'))`;

/** Unreviewed runs, what needs work first, in the order of `groupRuns`; at most 200 a page. */
export async function listUnreviewed(query: ListQuery<CheckSort>): Promise<ListPage<UnreviewedRun>> {
  const access = await requireRight("runs.view");
  const open = db()
    .select({
      id: runs.id,
      status: runs.countsAs,
      message: runs.message,
      ranAt: runs.ranAt,
      jobId: runs.jobId,
      job: sql<string>`${jobs.name}`.as("job"),
      host: jobs.host,
      customerId: jobs.customerId,
      customer: sql<string>`${customers.name}`.as("customer"),
      customerTotal: sql<number>`(count(*) over (partition by ${customers.id}))::int`.as("customer_total"),
      jobTotal: sql<number>`(count(*) over (partition by ${jobs.id}))::int`.as("job_total"),
      position: position.as("position"),
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(waiting(access, query.search))
    .as("open");
  const page = keyset(query, { position: { by: open.position, type: "text" } }, open.id, RUNS_PER_PAGE);
  const objects = sql<[number, number]>`(select array[count(*), count(*) filter (where status <> 'success')]::int[]
    from run_objects where run_id = ${open.id})`;
  const status = statusOrder.find((name) => name === query.filters.status);
  const rows = await db()
    .select({
      id: open.id,
      status: open.status,
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
    .where(and(status ? eq(open.status, status) : undefined, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return page.of(
    rows.map(({ objects: [all, inTrouble], ...row }) => ({ ...row, objects: all, objectsInTrouble: inTrouble })),
  );
}

export type CheckCounts = { byStatus: Counts; total: number; asOf: Date };

/** How many runs of each status wait, and when that was: what comes later has not been seen by the person. */
export async function countUnreviewed(search: string): Promise<CheckCounts> {
  const access = await requireRight("runs.view");
  const count = (status: RunStatus) => sql<number>`(count(*) filter (where ${runs.countsAs} = ${status}))::int`;
  const [row] = await db()
    .select({
      ...eachStatus(count),
      asOf: sql<Date>`now()`.mapWith(runs.createdAt),
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(waiting(access, search));
  if (!row) throw new Error("A count without a row.");
  const { asOf, ...byStatus } = row;
  return { byStatus, total: totalOf(byStatus), asOf };
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

/** Runs of deactivated customers and archived jobs wait for nobody. */
function waiting(access: Access, search: string): SQL | undefined {
  const alive = and(isNull(customers.deactivatedAt), isNull(jobs.archivedAt));
  return and(coveredJobs(access), isNull(runs.reviewedAt), alive, named(search));
}

const named = (search: string): SQL =>
  contains(sql`concat_ws(' ', ${customers.name}, ${jobs.name}, ${jobs.host})`, search);
