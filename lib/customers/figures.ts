import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { figureStatus, isFigure } from "../db/run-figures";
import { customers, jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { eachStatus } from "../statuses";

/** Per customer: its jobs in use. */
export function jobsOf(access: Access) {
  return db()
    .select({ jobs: sql<number>`count(*)::int`.as("job_count") })
    .from(jobs)
    .where(inUse(access))
    .as("counted");
}

/** Per customer: its jobs in use, and how they ended the last time. */
export function resultsOf(access: Access) {
  const last = db()
    .select({ status: figureStatus.as("status") })
    .from(runs)
    .where(and(eq(runs.jobId, jobs.id), isFigure))
    .orderBy(sql`${runs.ranAt} desc`)
    .limit(1)
    .as("last");
  const ended = (status: string) => sql<number>`(count(*) filter (where ${last.status} = ${status}))::int`.as(status);
  return db()
    .select({
      jobs: sql<number>`count(*)::int`.as("jobs"),
      ...eachStatus(ended),
    })
    .from(jobs)
    .leftJoinLateral(last, sql`true`)
    .where(inUse(access))
    .as("mix");
}

const inUse = (access: Access): SQL | undefined =>
  and(eq(jobs.customerId, customers.id), isNull(jobs.archivedAt), coveredJobs(access));

/** Per customer: the open tickets about it; null for who sees no tickets. */
export function openTickets(access: Access): SQL<number | null> {
  if (!can(access, "tickets.view")) return sql`null::int`;
  return sql`(select count(*)::int from tickets where kind = 'ticket' and resolved_at is null and id in (
    select ticket_id from ticket_scopes where customer_id = ${customers.id}
    union all
    select ticket_id from ticket_scopes join jobs on jobs.id = job_id
    where jobs.customer_id = ${customers.id} and ${coveredJobs(access)}))`;
}
