import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { coveredCustomers, coveredJobs, coversEveryJob, coversResources } from "../access/scope";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { overrides } from "../db/schema/overrides";

/**
 * For queries that read from `overrides`: those about a customer or job that the role covers, and about a software of
 * which it covers a job. One for everything is seen by everybody: it says why a run of theirs counts as a success.
 */
export const visibleOverrides = (access: Access): SQL => sql`(case ${overrides.scope}
  when 'global' then true
  when 'software' then ${truth(coversEveryJob(access))} or exists ${jobWhere(access, eq(jobs.software, overrides.software))}
  when 'customer' then exists ${customerWhere(access)}
  else exists ${jobWhere(access, eq(jobs.id, overrides.jobId))} end)`;

/**
 * For queries that read from `overrides`: those that the role may make, change and end. It changes how runs count, so it
 * may reach none that the role does not cover, now or later. What decides is the role alone: whether hidden jobs exist
 * must not show.
 */
export const changeableOverrides = (access: Access): SQL => sql`(${visibleOverrides(access)} and case ${overrides.scope}
  when 'global' then ${truth(coversEveryJob(access))}
  when 'software' then ${truth(coversEveryJob(access))}
  when 'customer' then ${truth(coversResources(access))}
  else true end)`;

const customerWhere = (access: Access): SQL =>
  sql`${db()
    .select({ one: sql`1` })
    .from(customers)
    .where(and(eq(customers.id, overrides.customerId), coveredCustomers(access)))}`;

const jobWhere = (access: Access, condition: SQL): SQL =>
  sql`${db()
    .select({ one: sql`1` })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(condition, coveredJobs(access)))}`;

const truth = (value: boolean): SQL => (value ? sql`true` : sql`false`);
