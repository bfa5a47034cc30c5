import "server-only";
import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { coveredCustomers, coveredJobs } from "../access/scope";
import type { Executor } from "../db";
import { contains } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import { runObjects, runs } from "../db/schema/runs";
import type { Target } from "./rules";
import type { NamedTarget } from "./types";

/** @returns what exists of the targets and is covered by the role, with names. */
export async function nameTargets(
  executor: Executor,
  access: Access,
  targets: readonly Target[],
): Promise<NamedTarget[]> {
  const of = (...kinds: Target["kind"][]) => targets.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  const [customerIds, jobIds] = [of("customer"), of("job", "object")];
  const many = targets.length;
  const found = await Promise.all([
    customerIds.length > 0 ? customersWhere(executor, access, inArray(customers.id, customerIds), many) : [],
    jobIds.length > 0 ? jobsWhere(executor, access, inArray(jobs.id, jobIds), many) : [],
  ]);
  const labels = new Map(found.flat().map(({ kind, id, label }) => [`${kind} ${id}`, label]));
  return targets.flatMap((target) => {
    const label = labels.get(`${target.kind === "customer" ? "customer" : "job"} ${target.id}`);
    return label === undefined ? [] : { ...target, label: target.object ? `${label}, ${target.object}` : label };
  });
}

const MOST = 8;

/**
 * @param jobIds jobs that were chosen already. @returns up to eight customers, eight jobs, and eight objects of the
 * latest runs of the chosen jobs, whose names contain the text.
 */
export async function searchTargets(
  executor: Executor,
  access: Access,
  search: string,
  jobIds: readonly string[],
): Promise<NamedTarget[]> {
  const nameAndHost = sql`(${jobs.name} || ' ' || ${jobs.host})`;
  const byWord = (text: SQL | typeof customers.name | typeof runObjects.name) => contains(text, search);
  const found = await Promise.all([
    customersWhere(executor, access, and(byWord(customers.name), isNull(customers.deactivatedAt)), MOST),
    jobsWhere(
      executor,
      access,
      and(sql`(${byWord(nameAndHost)} or ${byWord(customers.name)})`, isNull(jobs.archivedAt)),
      MOST,
    ),
    jobIds.length > 0 ? objectsOf(executor, access, jobIds, byWord(runObjects.name)) : [],
  ]);
  return found.flat();
}

async function customersWhere(
  executor: Executor,
  access: Access,
  wanted: SQL | undefined,
  most: number,
): Promise<NamedTarget[]> {
  const rows = await executor
    .select({ id: customers.id, name: customers.name })
    .from(customers)
    .where(and(coveredCustomers(access), wanted))
    .orderBy(sql`lower(${customers.name}) collate "C"`)
    .limit(most);
  return rows.map(({ id, name }) => ({ kind: "customer", id, label: name }));
}

async function jobsWhere(
  executor: Executor,
  access: Access,
  wanted: SQL | undefined,
  most: number,
): Promise<NamedTarget[]> {
  const rows = await executor
    .select({ id: jobs.id, name: jobs.name, customer: customers.name })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(coveredJobs(access), wanted))
    .orderBy(sql`lower(${customers.name}) collate "C"`, sql`lower(${jobs.name}) collate "C"`)
    .limit(most);
  return rows.map(({ id, name, customer }) => ({ kind: "job", id, label: `${customer}: ${name}` }));
}

const RUNS_LOOKED_AT = 5;

async function objectsOf(
  executor: Executor,
  access: Access,
  jobIds: readonly string[],
  wanted: SQL,
): Promise<NamedTarget[]> {
  const latest = executor
    .select({ id: runs.id })
    .from(runs)
    .where(eq(runs.jobId, jobs.id))
    .orderBy(sql`${runs.ranAt} desc`)
    .limit(RUNS_LOOKED_AT)
    .as("latest");
  const rows = await executor
    .selectDistinct({ id: jobs.id, job: jobs.name, customer: customers.name, object: runObjects.name })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoinLateral(latest, sql`true`)
    .innerJoin(runObjects, eq(runObjects.runId, latest.id))
    .where(and(inArray(jobs.id, [...jobIds]), coveredJobs(access), wanted))
    .orderBy(runObjects.name)
    .limit(MOST);
  return rows.map(({ id, job, customer, object }) => ({
    kind: "object",
    id,
    object,
    label: `${customer}: ${job}, ${object}`,
  }));
}
