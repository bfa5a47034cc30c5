import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { coveredCustomers, coveredJobs, coversEveryJob, coversResources } from "../access/scope";
import { db } from "../db";
import { quietTimes } from "../db/schema/calendar";
import { customers, jobs } from "../db/schema/desk";

const truth = (value: boolean): SQL => (value ? sql`true` : sql`false`);

const customerWhere = (access: Access): SQL =>
  sql`${db()
    .select({ one: sql`1` })
    .from(customers)
    .where(and(eq(customers.id, quietTimes.customerId), coveredCustomers(access)))}`;

const jobWhere = (access: Access): SQL =>
  sql`${db()
    .select({ one: sql`1` })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobs.id, quietTimes.jobId), coveredJobs(access)))}`;

/** For queries that read from `quiet_times`: those of everybody, and those of customers and jobs that the role covers. */
export const visibleQuietTimes = (access: Access): SQL => sql`(case
  when ${quietTimes.jobId} is not null then exists ${jobWhere(access)}
  when ${quietTimes.customerId} is not null then exists ${customerWhere(access)}
  else true end)`;

/** A quiet time hides missed runs: nobody makes or changes one that reaches jobs which their role does not cover. */
export const changeableQuietTimes = (access: Access): SQL => sql`(${visibleQuietTimes(access)} and case
  when ${quietTimes.jobId} is not null then true
  when ${quietTimes.customerId} is not null then ${truth(coversResources(access))}
  else ${truth(coversEveryJob(access))} end)`;

/** @returns for whom the role may make quiet times. */
export const ownScopes = (access: Access): ("account" | "customer" | "job")[] => [
  ...(coversEveryJob(access) ? (["account"] as const) : []),
  ...(coversResources(access) ? (["customer"] as const) : []),
  "job",
];
