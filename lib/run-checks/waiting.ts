import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { coveredJobs } from "../access/scope";
import { contains } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { isId } from "../ids";
import { onlyKinds } from "./rules";

/** Conditions on runs that wait for review, for queries of `runs` joined with `jobs` and `customers`. */

/** Runs of deactivated customers and archived jobs wait for nobody. */
export function waiting(access: Access, search: string): SQL | undefined {
  const alive = and(isNull(customers.deactivatedAt), isNull(jobs.archivedAt));
  return and(coveredJobs(access), isNull(runs.reviewedAt), alive, named(search));
}

export const named = (search: string): SQL =>
  contains(sql`concat_ws(' ', ${customers.name}, ${jobs.name}, ${jobs.host})`, search);

/** A missed run that is not believed yet stands apart from those that are. */
export const statusKey = sql<string>`case when ${runs.isSuspected} then 'suspected' else ${runs.countsAs} end`;

/** Whether a ticket about the job, or about an object or run of it, is open. Whose job is covered sees its tickets. */
export const hasTicket = (access: Access): SQL<boolean> =>
  can(access, "tickets.view")
    ? sql<boolean>`${jobs.id} in (select s.job_id from ticket_scopes s join tickets t on t.id = s.ticket_id
        where t.kind = 'ticket' and t.resolved_at is null and s.job_id is not null)`
    : sql<boolean>`false`;

type Filters = Record<string, string>;

/** What the filters of the address ask for, each on its own; an unknown value counts as none. */
export function asked(
  access: Access,
  filters: Filters,
): Record<"status" | "customer" | "software" | "type" | "only", SQL> {
  const { status, customer = "", software, type = "", only } = filters;
  const kind = onlyKinds.find((one) => one === only);
  return {
    status: status ? sql`(${statusKey}) = ${status}` : sql`true`,
    customer: isId(customer) ? eq(jobs.customerId, customer) : sql`true`,
    software: software ? eq(jobs.software, software) : sql`true`,
    type: isId(type) ? eq(jobs.resourceTypeId, type) : sql`true`,
    only: kind ? onlyThose(access)[kind] : sql`true`,
  };
}

export const onlyThose = (access: Access): Record<(typeof onlyKinds)[number], SQL> => ({
  odd: sql`${runs.odd} <> '[]'`,
  ticket: hasTicket(access),
  overridden: sql`${runs.overrideId} is not null`,
});
