import "server-only";
import { and, asc, eq, isNull, ne, or, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { can } from "../../access/can";
import { requireRight } from "../../access/guard";
import { coveredCustomers, coveredJobs } from "../../access/scope";
import { db } from "../../db";
import { contains } from "../../db/keyset";
import { quietTimes } from "../../db/schema/calendar";
import { customers, jobKeys, jobs } from "../../db/schema/desk";
import { mails } from "../../db/schema/mails";
import { overrides } from "../../db/schema/overrides";
import { runs } from "../../db/schema/runs";
import { ticketScopes } from "../../db/schema/tickets";
import { isId } from "../../ids";
import { looseKey } from "../loose";
import { isDouble } from "./merge";

export type OtherJob = { id: string; name: string; customer: string; software: string; host: string };
export type MergePlan = {
  into: string;
  customer: { from: string; to: string };
  runs: number;
  doubles: number;
  mails: number;
  keys: number;
  tickets: number;
  overrides: number;
  quietTimes: number;
};

const AT_ONCE = 20;
const shown = { id: jobs.id, name: jobs.name, customer: customers.name, software: jobs.software, host: jobs.host };

/** @param id of the job that is not offered. @returns jobs in use whose name, host or customer contains the text, at most 20. */
export async function findOtherJobs(id: string, search: string): Promise<OtherJob[]> {
  const access = await requireRight("jobs.manage");
  if (!isId(id)) return [];
  const found = or(contains(sql`(${jobs.name} || ' ' || ${jobs.host})`, search), contains(customers.name, search));
  return db()
    .select(shown)
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(ne(jobs.id, id), isNull(jobs.archivedAt), found, coveredJobs(access), coveredCustomers(access)))
    .orderBy(asc(sql`lower(${jobs.name})`), asc(jobs.id))
    .limit(AT_ONCE);
}

/** @returns jobs whose mails differ from those of this one only in case, spacing or the domain of the host. */
export async function lookalikes(id: string): Promise<OtherJob[]> {
  const access = await requireRight("resources.view");
  if (!isId(id)) return [];
  const own = db()
    .select({ loose: looseKey(sql`${jobKeys.matchKey}`) })
    .from(jobKeys)
    .innerJoin(jobs, eq(jobs.id, jobKeys.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobKeys.jobId, id), coveredJobs(access)));
  return db()
    .selectDistinctOn([jobs.id], shown)
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(jobKeys, eq(jobKeys.jobId, jobs.id))
    .where(
      and(
        ne(jobs.id, id),
        isNull(jobs.archivedAt),
        sql`${looseKey(sql`${jobKeys.matchKey}`)} in ${own}`,
        coveredJobs(access),
        coveredCustomers(access),
      ),
    )
    .orderBy(asc(jobs.id))
    .limit(AT_ONCE);
}

/** @returns what merging the first job into the second would do; null when one of them is not covered. */
export async function getMergePlan(id: string, into: string): Promise<MergePlan | null> {
  const access = await requireRight("jobs.manage");
  if (!isId(id) || !isId(into) || id === into) return null;
  const found = await db()
    .select({ id: jobs.id, name: jobs.name, customer: customers.name })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(or(eq(jobs.id, id), eq(jobs.id, into)), coveredJobs(access), coveredCustomers(access)));
  const [from, to] = [id, into].map((one) => found.find((job) => job.id === one));
  if (!from || !to) return null;
  const count = (table: PgTable, shown = true) =>
    shown ? sql<number>`(select count(*)::int from ${table} where job_id = ${id})` : sql<number>`0`;
  const [counted] = await db()
    .select({
      all: count(runs),
      doubles: sql<number>`(select count(*)::int from runs where job_id = ${id} and ${isDouble(into)})`,
      mails: count(mails),
      keys: count(jobKeys),
      tickets: count(ticketScopes, can(access, "tickets.view")),
      overrides: count(overrides, can(access, "overrides.view")),
      quietTimes: count(quietTimes),
    })
    .from(sql`(select 1) as one`);
  if (!counted) throw new Error("A row of counts is missing.");
  const { all, ...rest } = counted;
  return { ...rest, into: to.name, customer: { from: from.customer, to: to.customer }, runs: all - rest.doubles };
}
