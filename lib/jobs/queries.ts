import "server-only";
import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { COUNT_LIMIT, cappedCount, contains, keyset } from "../db/keyset";
import { figureStatus, isFigure } from "../db/run-figures";
import { customers, jobs, resourceTypes } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { isId } from "../ids";
import type { ListPage, ListQuery } from "../list";
import type { RunStatus } from "../statuses";

export type JobSort = "name" | "customer" | "software" | "type" | "host" | "result" | "ran";
export const jobSorts = ["name", "customer", "software", "type", "host", "result", "ran"] as const;
export const jobFilters = ["software", "type", "result", "state", "customer"] as const;

export type JobRow = {
  id: string;
  name: string;
  host: string;
  software: string;
  type: string;
  customer: string;
  archivedAt: Date | null;
  status: RunStatus | null;
  ranAt: Date | null;
  runId: string | null;
};

/** Filters: software, type (id), result, state ("" in use, "archived", "all"), customer (id). */
export async function listJobs(query: ListQuery<JobSort>): Promise<ListPage<JobRow>> {
  const access = await requireRight("resources.view");
  const last = lastRun();
  const text = (by: SQL) => ({ by, type: "text" as const });
  const severity = sql`case ${last.status} when 'failed' then 0 when 'missed' then 1 when 'warning' then 2 when 'unknown' then 3 when 'success' then 4 else 5 end`;
  const page = keyset(
    query,
    {
      name: text(sql`lower(${jobs.name})`),
      customer: text(sql`lower(${customers.name})`),
      software: text(sql`lower(${jobs.software})`),
      type: text(sql`lower(${resourceTypes.name})`),
      host: text(sql`lower(${jobs.host})`),
      result: { by: severity, type: "integer" },
      ran: { by: sql`coalesce(${last.ranAt}, 'epoch')`, type: "timestamptz" },
    },
    jobs.id,
  );
  // First which jobs, then their last runs: looked up for all jobs only when the order or the filter is about it.
  const needsLast = Boolean(query.filters.result) || query.sort === "result" || query.sort === "ran";
  const shown = db()
    .select({ id: jobs.id, cursor: page.cursor.as("cursor") })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(resourceTypes, eq(resourceTypes.id, jobs.resourceTypeId))
    .leftJoinLateral(last, sql`${needsLast}`)
    .where(and(matching(access, query), resultIs(query, last.status), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit)
    .as("shown");
  const rows = await db()
    .select({
      id: jobs.id,
      name: jobs.name,
      host: jobs.host,
      software: jobs.software,
      type: resourceTypes.name,
      customer: customers.name,
      archivedAt: jobs.archivedAt,
      status: last.status,
      ranAt: last.ranAt,
      runId: last.id,
      cursor: shown.cursor,
    })
    .from(shown)
    .innerJoin(jobs, eq(jobs.id, shown.id))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(resourceTypes, eq(resourceTypes.id, jobs.resourceTypeId))
    .leftJoinLateral(last, sql`true`)
    .orderBy(...page.orderBy);
  return page.of(rows);
}

/** @returns how many jobs match ("1,204", "10,000+"), and what one may filter by. */
export async function jobListFacts(query: ListQuery<JobSort>) {
  const access = await requireRight("resources.view");
  const last = lastRun();
  const joined = db()
    .select({ id: jobs.id })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .leftJoinLateral(last, sql`${Boolean(query.filters.result)}`)
    .where(and(matching(access, query), resultIs(query, last.status)))
    .limit(COUNT_LIMIT);
  const kinds = db()
    .selectDistinct({ software: jobs.software, type: jobs.resourceTypeId })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(coveredJobs(access));
  const known = db().$with("known").as(kinds);
  const [facts] = await db()
    .with(known)
    .select({
      count: sql<number>`(select count(*)::int from (${joined}) as matches)`,
      softwares: sql<string[]>`(
        select coalesce(jsonb_agg(software order by lower(software)), '[]')
        from (select distinct software from known where software <> '') as named)`,
      types: sql<{ id: string; name: string }[]>`(
        select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.position), '[]')
        from resource_types t where t.id in (select resource_type_id from known))`,
    })
    .from(sql`(select 1) as one`);
  if (!facts) throw new Error("A row of facts is missing.");
  return { ...facts, count: cappedCount(facts.count) };
}

export type JobListFacts = Awaited<ReturnType<typeof jobListFacts>>;

function lastRun() {
  return db()
    .select({ id: runs.id, status: figureStatus.as("status"), ranAt: runs.ranAt })
    .from(runs)
    .where(and(eq(runs.jobId, jobs.id), isFigure))
    .orderBy(sql`${runs.ranAt} desc`)
    .limit(1)
    .as("last");
}

function matching(access: Access, { search, filters }: ListQuery): SQL | undefined {
  const inUse = and(isNull(jobs.archivedAt), filters.customer ? undefined : isNull(customers.deactivatedAt));
  const state = { "": inUse, archived: isNotNull(jobs.archivedAt), all: undefined };
  const idIs = (column: typeof jobs.customerId | typeof jobs.resourceTypeId, id: string | undefined) =>
    id ? (isId(id) ? eq(column, id) : sql`false`) : undefined;
  return and(
    coveredJobs(access),
    search
      ? sql`(${contains(sql`(${jobs.name} || ' ' || ${jobs.host})`, search)} or ${contains(customers.name, search)})`
      : undefined,
    filters.software ? eq(jobs.software, filters.software) : undefined,
    idIs(jobs.resourceTypeId, filters.type),
    idIs(jobs.customerId, filters.customer),
    state[(filters.state ?? "") as keyof typeof state],
  );
}

function resultIs({ filters }: ListQuery, status: unknown): SQL | undefined {
  if (!filters.result) return undefined;
  return filters.result === "none" ? sql`${status} is null` : sql`${status} = ${filters.result}`;
}
