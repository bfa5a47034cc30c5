import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { coveredCustomers, coveredJobs, coversEveryJob, coversResources } from "../access/scope";
import { db } from "../db";
import { contains } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import { runObjects, runs } from "../db/schema/runs";
import { formatTyped } from "../format";
import { isId } from "../ids";
import { type Draft, emptyDraft, MATCH_MOST, type Target } from "./draft";
import { explainedByObjects, matchesObject, matchesRun, reachesRun, typed } from "./matching";
import { type Pattern, type Scope, scopes, treatable } from "./types";

/** What the form of an override needs while it is filled in. */

/** @returns the scopes that the role may make overrides for, and the software there is to choose from. */
export async function overrideChoices(): Promise<{ scopes: Scope[]; softwares: string[] }> {
  const access = await requireRight("overrides.manage");
  const [everything, resources] = [coversEveryJob(access), coversResources(access)];
  const may = (one: Scope) => {
    if (one === "global" || one === "software") return everything;
    return one === "customer" ? resources : true;
  };
  const rows = everything
    ? await db()
        .selectDistinct({ software: jobs.software })
        .from(jobs)
        .innerJoin(customers, eq(customers.id, jobs.customerId))
        .where(and(coveredJobs(access), sql`${jobs.software} <> ''`))
        .orderBy(jobs.software)
    : [];
  return { scopes: scopes.filter(may), softwares: rows.map(({ software }) => software) };
}

/**
 * @param object the name of one of its objects, when the override is to be about just that.
 * @returns the form for "treat what this run says as a success", or null when there is no such run for the role, or
 * nothing about it that may be treated so.
 */
export async function draftFromRun(runId: string, object = ""): Promise<Draft | null> {
  const access = await requireRight("overrides.manage");
  if (!isId(runId)) return null;
  const [run] = await db()
    .select({
      status: object ? runObjects.status : runs.status,
      message: object ? runObjects.message : runs.message,
      ranAt: runs.ranAt,
      jobId: jobs.id,
      job: jobs.name,
      customer: customers.name,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .leftJoin(runObjects, and(eq(runObjects.runId, runs.id), eq(runObjects.name, object)))
    .where(and(eq(runs.id, runId), coveredJobs(access)))
    .limit(1);
  const status = treatable.find((one) => one === run?.status);
  if (!run || !status) return null;
  // A missed run says when it was expected: no other will ever say the same.
  const message = status === "missed" ? "" : (run.message ?? "").trim();
  return {
    ...emptyDraft(formatTyped(run.ranAt, access.account.timeZone)),
    scope: object ? "object" : "job",
    job: { id: run.jobId, label: `${run.customer}: ${run.job}` },
    object,
    statuses: [status],
    match: message === "" ? "any" : message.length > MATCH_MOST ? "starts" : "exact",
    matchText: message.slice(0, MATCH_MOST).trim(),
  };
}

const MOST_TARGETS = 8;

/** @returns up to eight customers or jobs whose names contain the text. */
export async function findOverrideTargets(kind: "customer" | "job", search: string): Promise<Target[]> {
  const access = await requireRight("overrides.manage");
  const words = search.slice(0, 200);
  const byName = sql`lower(${customers.name}) collate "C"`;
  if (kind === "customer")
    return db()
      .select({ id: customers.id, label: customers.name })
      .from(customers)
      .where(and(coveredCustomers(access), isNull(customers.deactivatedAt), contains(customers.name, words)))
      .orderBy(byName)
      .limit(MOST_TARGETS);
  const named = sql`(${contains(sql`(${jobs.name} || ' ' || ${jobs.host})`, words)} or ${contains(customers.name, words)})`;
  const rows = await db()
    .select({ id: jobs.id, job: jobs.name, customer: customers.name })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(coveredJobs(access), isNull(jobs.archivedAt), named))
    .orderBy(byName, sql`lower(${jobs.name}) collate "C"`)
    .limit(MOST_TARGETS);
  return rows.map(({ id, job, customer }) => ({ id, label: `${customer}: ${job}` }));
}

export type Preview = { treated: number; of: number };

/** @returns how many of the runs of the last 30 days that the override would reach it would treat as successes: covered ones only. */
export async function previewOverride(pattern: Pattern): Promise<Preview> {
  const access = await requireRight("overrides.manage");
  const p = typed(pattern);
  const treatedObject: SQL = sql`(${runObjects.overrideId} is not null or ${matchesObject(p)})`;
  const own = sql`exists (select 1 from ${runObjects} where ${runObjects.runId} = ${runs.id} and ${matchesObject(p)})`;
  const treated = sql`(${matchesRun(p)} or (${own} and ${explainedByObjects(treatedObject)}))`;
  const [counts] = await db()
    .select({
      treated: sql<number>`(count(*) filter (where ${treated}))::int`,
      of: sql<number>`count(*)::int`,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(coveredJobs(access), reachesRun(p), sql`${runs.ranAt} > now() - interval '30 days'`));
  return counts ?? { treated: 0, of: 0 };
}
