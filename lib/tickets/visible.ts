import "server-only";
import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { coveredAccount, coveredCustomers, coveredJobs } from "../access/scope";
import { db, type Executor } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { ticketScopes, tickets } from "../db/schema/tickets";
import type { NamedTarget, TicketScope } from "./types";

/**
 * For queries that read from `tickets`: those about a customer or job that the role covers, and for who covers all customers those about the whole account.
 * What else a ticket is about is not shown by it.
 */
export function visibleTickets(access: Access): SQL {
  const any = sql`exists (select 1 from ${ticketScopes} where ${ticketScopes.ticketId} = ${tickets.id})`;
  return sql`(case when ${any} then ${aboutSome(access)} else ${coveredAccount(access)} end)`;
}

/** Tickets about a customer or job that the role covers and of which the condition (on `customers`, `jobs`, `ticket_scopes`) holds. */
export function aboutSome(access: Access, condition?: SQL): SQL {
  const covered = db()
    .select({ one: sql`1` })
    .from(ticketScopes)
    .leftJoin(jobs, eq(jobs.id, ticketScopes.jobId))
    .innerJoin(customers, theirCustomer)
    .where(and(eq(ticketScopes.ticketId, tickets.id), coveredScopes(access), condition));
  return sql`exists ${covered}`;
}

/** @returns by ticket what it is about, as far as the role covers it: customers first, then by name. */
export async function scopesOf(
  executor: Executor,
  access: Access,
  condition: SQL | undefined,
): Promise<Map<string, TicketScope[]>> {
  const rows = await executor
    .select({
      scopeId: ticketScopes.id,
      ticketId: ticketScopes.ticketId,
      jobId: jobs.id,
      job: jobs.name,
      customerId: customers.id,
      customer: customers.name,
      object: ticketScopes.objectName,
      run: { id: runs.id, ranAt: runs.ranAt },
    })
    .from(ticketScopes)
    .leftJoin(jobs, eq(jobs.id, ticketScopes.jobId))
    .leftJoin(runs, and(eq(runs.id, ticketScopes.runId), eq(runs.jobId, jobs.id)))
    .innerJoin(customers, theirCustomer)
    .where(and(condition, coveredScopes(access)))
    .orderBy(sql`${jobs.id} is not null`, sql`lower(${customers.name}) collate "C"`, ticketScopes.id);
  const byTicket = new Map<string, TicketScope[]>();
  for (const { scopeId, ticketId, jobId, job, customerId, customer, object, run } of rows) {
    const target = targetOf({ jobId, customerId, object, label: jobId ? `${customer}: ${job}` : customer });
    byTicket.set(ticketId, [...(byTicket.get(ticketId) ?? []), { ...target, scopeId, run }]);
  }
  return byTicket;
}

type Named = { jobId: string | null; customerId: string; object: string | null; label: string };

function targetOf({ jobId, customerId, object, label }: Named): NamedTarget {
  if (!jobId) return { kind: "customer", id: customerId, label };
  return object
    ? { kind: "object", id: jobId, object, label: `${label}, ${object}` }
    : { kind: "job", id: jobId, label };
}

const theirCustomer = sql`${customers.id} = coalesce(${ticketScopes.customerId}, ${jobs.customerId})`;

const coveredScopes = (access: Access): SQL | undefined =>
  or(
    and(isNotNull(ticketScopes.customerId), coveredCustomers(access)),
    and(isNotNull(ticketScopes.jobId), coveredJobs(access)),
  );
