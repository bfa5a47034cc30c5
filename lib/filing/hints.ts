import "server-only";
import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { Access } from "../access/can";
import { coveredCustomers, coveredJobs } from "../access/scope";
import type { Executor } from "../db";
import { customers, jobKeys, jobs } from "../db/schema/desk";
import { looseKey } from "./loose";
import { type Clues, type Hint, ownDomain } from "./suggest";

/** @returns what is known of any of these clues, of jobs and customers in use that the role covers. */
export async function findHints(executor: Executor, access: Access, shown: readonly Clues[]): Promise<Hint[]> {
  const covered = and(coveredJobs(access), coveredCustomers(access));
  const alive = and(isNull(jobs.archivedAt), isNull(customers.deactivatedAt), covered);
  const lower = (values: (string | null)[]) => listed(values.map((value) => value?.toLowerCase() ?? null));
  const keys = listed(shown.map(({ matchKey }) => matchKey));
  const domain = sql<string>`split_part(lower(${jobKeys.sender}), '@', 2)`;
  const asked = executor
    .select({ key: sql<string>`key`.as("key"), loose: looseKey(sql`key`).as("loose") })
    .from(
      sql`unnest(array[${sql.join(
        keys.map((key) => sql`${key}::text`),
        sql`, `,
      )}]) as key`,
    )
    .as("asked");
  const ofCustomer = (by: Hint["by"], value: SQL<string>) =>
    executor
      .selectDistinct({ by: named(by), value, customer, jobId: none, job: none })
      .from(jobs)
      .innerJoin(customers, eq(customers.id, jobs.customerId));
  const told = { customer, jobId: text(jobs.id), job: text(jobs.name) };
  return unionAll(
    executor
      .select({ by: named("key"), value: sql<string>`${jobKeys.matchKey}`, ...told })
      .from(jobs)
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .innerJoin(jobKeys, eq(jobKeys.jobId, jobs.id))
      .where(and(inArray(jobKeys.matchKey, keys), alive)),
    executor
      .selectDistinct({ by: named("alike"), value: sql<string>`${asked.key}`, ...told })
      .from(jobs)
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .innerJoin(jobKeys, eq(jobKeys.jobId, jobs.id))
      .innerJoin(
        asked,
        sql`${looseKey(sql`${jobKeys.matchKey}`)} = ${asked.loose} and ${jobKeys.matchKey} <> ${asked.key}`,
      )
      .where(alive),
    executor
      .select({ by: named("tenant"), value: sql<string>`lower(${customers.name})`, customer, jobId: none, job: none })
      .from(customers)
      .where(
        and(
          inArray(sql`lower(${customers.name})`, lower(shown.map((mail) => mail.customer))),
          isNull(customers.deactivatedAt),
          coveredCustomers(access),
        ),
      ),
    ofCustomer("host", sql<string>`lower(${jobs.host})`).where(
      and(inArray(sql`lower(${jobs.host})`, lower(shown.map(({ host }) => host))), alive),
    ),
    ofCustomer("sender", sql<string>`lower(${jobKeys.sender})`)
      .innerJoin(jobKeys, eq(jobKeys.jobId, jobs.id))
      .where(and(inArray(sql`lower(${jobKeys.sender})`, lower(shown.map(({ fromAddress }) => fromAddress))), alive)),
    ofCustomer("domain", domain)
      .innerJoin(jobKeys, eq(jobKeys.jobId, jobs.id))
      .where(and(inArray(domain, lower(shown.map(({ fromAddress }) => ownDomain(fromAddress)))), alive)),
  );
}

const named = (by: Hint["by"]) => sql<Hint["by"]>`${by}::text`;
const customer = sql<string>`${customers.name}`;
const text = (column: typeof jobs.id | typeof jobs.name) => sql<string | null>`${column}::text`;
const none = sql<string | null>`null::text`;

/** A list is never empty for the database; no stored value is this one. */
const listed = (values: (string | null)[]): string[] => ["\u0001", ...new Set(values.flatMap((value) => value || []))];
