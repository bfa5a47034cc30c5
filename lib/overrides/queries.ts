import "server-only";
import { and, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { COUNT_LIMIT, contains, keyset } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import { overrides } from "../db/schema/overrides";
import { runObjects, runs } from "../db/schema/runs";
import { isId } from "../ids";
import type { ListPage, ListQuery } from "../list";
import { reachesRun, stored } from "./matching";
import { scopes } from "./types";
import { changeableOverrides, visibleOverrides } from "./visible";

export type OverrideSort = "until" | "from" | "created" | "by";
export const overrideSorts = ["until", "from", "created", "by"] as const;
export const overrideFilters = ["state", "scope", "software", "customer", "job"] as const;

const { id, scope, software, customerId, jobId, objectName, statuses, match, matchText } = overrides;
const { reason, startsAt, endsAt, createdBy, createdAt, version } = overrides;
const plain = { id, scope, software, customerId, jobId, objectName, statuses, match, matchText, version };
const shown = { ...plain, reason, startsAt, endsAt, createdBy, createdAt, customer: customers.name, job: jobs.name };

export type OverrideRow = Pick<typeof overrides.$inferSelect, keyof typeof plain> & {
  reason: string;
  startsAt: Date;
  endsAt: Date | null;
  createdBy: string;
  createdAt: Date;
  customer: string | null;
  job: string | null;
  /** How many runs that the role covers count as successes by it; at most 10,001 are counted. */
  runs: number;
  changeable: boolean;
};

/**
 * Overrides that the role covers; those that end soon come first.
 * @param query filters: state ("" not ended, "active", "planned", "ended", "all"), scope, software, customer (id), job (id of
 *   one that they reach, whatever they are for).
 */
export async function listOverrides(query: ListQuery<OverrideSort>): Promise<ListPage<OverrideRow>> {
  const access = await requireRight("overrides.view");
  const page = keyset(
    query,
    {
      // Later than any that has an end; a cursor cannot carry "infinity".
      until: { by: sql`coalesce(${endsAt}, '9990-01-01Z'::timestamptz)`, type: "timestamptz" },
      from: { by: startsAt, type: "timestamptz" },
      created: { by: createdAt, type: "timestamptz" },
      by: { by: sql`lower(${createdBy})`, type: "text" },
    },
    id,
  );
  const rows = await db()
    .select({ ...shown, changeable: changeableOverrides(access).mapWith(Boolean), cursor: page.cursor })
    .from(overrides)
    .leftJoin(jobs, eq(jobs.id, jobId))
    .leftJoin(customers, theirCustomer)
    .where(and(visibleOverrides(access), ...filtered(query), reaching(access, query.filters.job), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const { rows: kept, ...ends } = page.of(rows);
  const counts = await treatedRuns(
    access,
    kept.map((row) => row.id),
  );
  return { ...ends, rows: kept.map(({ cursor: _, ...row }) => ({ ...row, runs: counts.get(row.id) ?? 0 })) };
}

/** @returns what one may filter by: software and customers of the overrides that the role covers. */
export async function overrideFacts() {
  const access = await requireRight("overrides.view");
  const rows = await db()
    .selectDistinct({ software, customerId: customers.id, customer: customers.name })
    .from(overrides)
    .leftJoin(jobs, eq(jobs.id, jobId))
    .leftJoin(customers, theirCustomer)
    .where(visibleOverrides(access))
    .limit(MOST_FACTS);
  const named = new Map(
    rows.flatMap((row) => (row.customerId && row.customer ? [[row.customerId, row.customer]] : [])),
  );
  const byName = (a: string, b: string) => a.localeCompare(b, "en", { sensitivity: "base" });
  return {
    softwares: [...new Set(rows.flatMap((row) => row.software ?? []))].sort(byName),
    customers: [...named].map(([id, name]) => ({ id, name })).sort((a, b) => byName(a.name, b.name)),
  };
}

const MOST_FACTS = 500;

/** @returns the override by which a run counts as a success, or one by which an object of it does; null when there is none. */
export async function overrideOfRun(runId: string) {
  const access = await requireRight("overrides.view");
  if (!isId(runId)) return null;
  const about = { id, scope, software, objectName, statuses, match, matchText, reason, startsAt, endsAt, createdBy };
  const ofObjects = db().select({ id: runObjects.overrideId }).from(runObjects).where(eq(runObjects.runId, runId));
  const [row] = await db()
    .select({
      ...about,
      job: jobs.name,
      customer: customers.name,
      wholeRun: sql<boolean>`${runs.overrideId} is not null`,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(
      overrides,
      or(eq(overrides.id, runs.overrideId), and(isNull(runs.overrideId), inArray(overrides.id, ofObjects))),
    )
    .where(and(eq(runs.id, runId), coveredJobs(access)))
    .orderBy(id)
    .limit(1);
  return row ?? null;
}

export type OverrideOfRun = NonNullable<Awaited<ReturnType<typeof overrideOfRun>>>;

async function treatedRuns(access: Access, ids: readonly string[]): Promise<Map<string, number>> {
  const covered = db()
    .select({ one: sql`1`.as("one") })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(runs.overrideId, id), coveredJobs(access)))
    .limit(COUNT_LIMIT);
  if (ids.length === 0) return new Map();
  const rows = await db()
    .select({ id, count: sql<number>`(select count(*)::int from ${covered} as treated)` })
    .from(overrides)
    .where(inArray(id, [...ids]));
  return new Map(rows.map(({ id, count }) => [id, count]));
}

const theirCustomer = sql`${customers.id} = coalesce(${customerId}, ${jobs.customerId})`;

function filtered({ search, filters }: ListQuery<OverrideSort>): (SQL | undefined)[] {
  const wanted = scopes.find((one) => one === filters.scope);
  const words = sql`concat_ws(' ', ${customers.name}, ${jobs.name}, ${software}, ${objectName}, ${matchText}, ${reason})`;
  return [
    inState(filters.state),
    wanted ? eq(scope, wanted) : undefined,
    filters.software ? eq(software, filters.software) : undefined,
    filters.customer ? (isId(filters.customer) ? eq(customers.id, filters.customer) : sql`false`) : undefined,
    contains(words, search),
  ];
}

function reaching(access: Access, job: string | undefined): SQL | undefined {
  if (!job) return undefined;
  if (!isId(job)) return sql`false`;
  return sql`exists ${db()
    .select({ one: sql`1` })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobs.id, job), coveredJobs(access), reachesRun(stored)))}`;
}

/** As `stateOf` of the rules. */
function inState(state: string | undefined): SQL | undefined {
  const notEnded = or(isNull(endsAt), gt(endsAt, sql`now()`));
  if (state === "all") return undefined;
  if (state === "ended") return and(isNotNull(endsAt), lte(endsAt, sql`now()`));
  if (state === "planned") return and(notEnded, gt(startsAt, sql`now()`));
  return state === "active" ? and(notEnded, lte(startsAt, sql`now()`)) : notEnded;
}
