import "server-only";
import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { coveredCustomers, coveredJobs } from "../access/scope";
import type { Executor } from "../db";
import { contains } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import type { Target } from "./rules";
import type { NamedTarget } from "./types";

/** @returns what exists of the targets and is covered by the role, with names. */
export async function nameTargets(
  executor: Executor,
  access: Access,
  targets: readonly Target[],
): Promise<NamedTarget[]> {
  const ids = (kind: Target["kind"]) => targets.filter((target) => target.kind === kind).map(({ id }) => id);
  const found = await Promise.all([
    ids("customer").length > 0 ? customersWhere(executor, access, inArray(customers.id, ids("customer"))) : [],
    ids("job").length > 0 ? jobsWhere(executor, access, inArray(jobs.id, ids("job"))) : [],
  ]);
  return found.flat();
}

const MOST = 8;

/** @returns up to eight customers and eight jobs whose names contain the text. */
export async function searchTargets(executor: Executor, access: Access, search: string): Promise<NamedTarget[]> {
  const nameAndHost = sql`(${jobs.name} || ' ' || ${jobs.host})`;
  const byWord = (text: SQL | typeof customers.name) => contains(text, search);
  const found = await Promise.all([
    customersWhere(executor, access, and(byWord(customers.name), isNull(customers.deactivatedAt))),
    jobsWhere(
      executor,
      access,
      and(sql`(${byWord(nameAndHost)} or ${byWord(customers.name)})`, isNull(jobs.archivedAt)),
    ),
  ]);
  return found.flat();
}

async function customersWhere(executor: Executor, access: Access, wanted: SQL | undefined): Promise<NamedTarget[]> {
  const rows = await executor
    .select({ id: customers.id, name: customers.name })
    .from(customers)
    .where(and(coveredCustomers(access), wanted))
    .orderBy(sql`lower(${customers.name}) collate "C"`)
    .limit(MOST);
  return rows.map(({ id, name }) => ({ kind: "customer", id, label: name }));
}

async function jobsWhere(executor: Executor, access: Access, wanted: SQL | undefined): Promise<NamedTarget[]> {
  const rows = await executor
    .select({ id: jobs.id, name: jobs.name, customer: customers.name })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(coveredJobs(access), wanted))
    .orderBy(sql`lower(${customers.name}) collate "C"`, sql`lower(${jobs.name}) collate "C"`)
    .limit(MOST);
  return rows.map(({ id, name, customer }) => ({ kind: "job", id, label: `${customer}: ${name}` }));
}
