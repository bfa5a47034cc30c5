import "server-only";
import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { overrides } from "../db/schema/overrides";
import { runObjects, runs } from "../db/schema/runs";
import { explainedByObjects, holdsThen, matchesObject, matchesRun, nearestFirst, reachesRun, stored } from "./matching";

const AT_ONCE = 5000;

/**
 * Notes on these runs and their objects by which override they count as a success, or that they do not: whatever was
 * noted before. Call for runs that are new, or whose status, message, job or objects changed.
 */
export async function applyOverrides(tx: Tx, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  // An override that is made meanwhile sees these runs, or they see it.
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${LOCK})`);
  for (let at = 0; at < runIds.length; at += AT_ONCE) {
    const these = inArray(runs.id, runIds.slice(at, at + AT_ONCE));
    await markObjects(tx, these);
    await markRuns(tx, these);
  }
}

const LOCK = 7410030;

/** Taken before overrides are changed: runs that come in meanwhile wait. */
export const lockOverrides = async (tx: Tx): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
};

const nearest = (condition: SQL | undefined): SQL =>
  sql`(select ${overrides.id} from ${overrides} where ${condition} order by ${nearestFirst} limit 1)`;
const withJob = sql`join ${jobs} on ${jobs.id} = ${runs.jobId} join ${customers} on ${customers.id} = ${jobs.customerId}`;

async function markObjects(tx: Tx, these: SQL): Promise<void> {
  const mayBe = sql`(${runObjects.status} in ('warning', 'failed', 'missed') or ${runObjects.overrideId} is not null)`;
  await tx.execute(sql`update ${runObjects} set override_id = found.id
    from (select ${runObjects.runId} as run_id, ${runObjects.position} as position,
        ${nearest(and(holdsThen, matchesObject(stored)))} as id
      from ${runObjects} join ${runs} on ${runs.id} = ${runObjects.runId} ${withJob}
      where ${these} and ${mayBe}) as found
    where ${runObjects.runId} = found.run_id and ${runObjects.position} = found.position
      and ${runObjects.overrideId} is distinct from found.id`);
}

async function markRuns(tx: Tx, these: SQL): Promise<void> {
  const ofItsObjects = sql`${overrides.id} in (select ${runObjects.overrideId} from ${runObjects} where ${runObjects.runId} = ${runs.id})`;
  await tx.execute(sql`update ${runs} set override_id = found.id
    from (select ${runs.id} as run_id, coalesce(
        ${nearest(and(holdsThen, matchesRun(stored)))},
        case when ${explainedByObjects(sql`${runObjects.overrideId} is not null`)} then ${nearest(ofItsObjects)} end) as id
      from ${runs} ${withJob}
      where ${these}) as found
    where ${runs.id} = found.run_id and ${runs.overrideId} is distinct from found.id`);
}

/** @returns the runs that count as successes by this override now, or of which an object does. */
export async function treatedBy(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(eq(runs.overrideId, id))
    .union(tx.select({ id: runObjects.runId }).from(runObjects).where(eq(runObjects.overrideId, id)));
  return rows.map((row) => row.id);
}

/** @returns the runs of which the stored override speaks, or of whose objects. */
export async function spokenOf(tx: Tx, override: typeof overrides.$inferSelect): Promise<string[]> {
  const object = sql`exists (select 1 from ${runObjects} where ${runObjects.runId} = ${runs.id} and ${matchesObject(stored)})`;
  const rows = await tx
    .select({ id: runs.id })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(overrides, eq(overrides.id, override.id))
    .where(and(near(override), holdsThen, reachesRun(stored), or(matchesRun(stored), object)));
  return rows.map((row) => row.id);
}

/** The same as `reachesRun` for the narrow ones, so that an index finds their runs. */
function near({ scope, jobId, customerId }: typeof overrides.$inferSelect): SQL | undefined {
  if (jobId && (scope === "job" || scope === "object")) return eq(runs.jobId, jobId);
  return scope === "customer" && customerId ? eq(jobs.customerId, customerId) : undefined;
}
