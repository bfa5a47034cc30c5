import "server-only";
import { and, eq, gt, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { can } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { overrides } from "../db/schema/overrides";
import { ticketScopes, tickets } from "../db/schema/tickets";
import { reachesRun, stored } from "../overrides/matching";

/** How many open tickets and remarks are tied to a job or its objects, and how many active overrides reach it. */
export type JobMarks = { tickets: number; remarks: number; overrides: number };

/** @returns the marks of those jobs that have any; what the role may not view is not counted. */
export async function jobMarks(jobIds: readonly string[]): Promise<Record<string, JobMarks>> {
  const access = await requireRight("resources.view");
  if (jobIds.length === 0) return {};
  const these = and(inArray(jobs.id, [...jobIds]), coveredJobs(access));
  const kinds = db()
    .select({ id: jobs.id, kind: tickets.kind, count: sql<number>`count(distinct ${tickets.id})::int` })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(ticketScopes, eq(ticketScopes.jobId, jobs.id))
    .innerJoin(tickets, and(eq(tickets.id, ticketScopes.ticketId), isNull(tickets.resolvedAt)))
    .where(these)
    .groupBy(jobs.id, tickets.kind);
  const isActive = and(
    lte(overrides.startsAt, sql`now()`),
    or(isNull(overrides.endsAt), gt(overrides.endsAt, sql`now()`)),
  );
  const reached = db()
    .select({ id: jobs.id, count: sql<number>`count(*)::int` })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(overrides, and(isActive, reachesRun(stored)))
    .where(these)
    .groupBy(jobs.id);
  const [ticketRows, overrideRows] = await Promise.all([
    can(access, "tickets.view") ? kinds : [],
    can(access, "overrides.view") ? reached : [],
  ]);
  const marks: Record<string, JobMarks> = {};
  const of = (id: string) => (marks[id] ??= { tickets: 0, remarks: 0, overrides: 0 });
  for (const { id, kind, count } of ticketRows) of(id)[kind === "ticket" ? "tickets" : "remarks"] = count;
  for (const { id, count } of overrideRows) of(id).overrides = count;
  return marks;
}
