import "server-only";
import { and, eq, isNull, or, sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { coveredCustomers, coveredJobs } from "../access/scope";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { ticketScopes, tickets } from "../db/schema/tickets";

const MOST = 50;

export type OpenTicket = {
  id: string;
  kind: "ticket" | "remark";
  number: number | null;
  title: string;
  createdAt: Date;
  createdBy: string;
};

/** @returns open tickets and remarks about a customer or any of its jobs, the latest first, at most 50. */
export async function openTicketsOfCustomer(customerId: string): Promise<OpenTicket[]> {
  const access = await requireRight("tickets.view");
  const ofJobs = db()
    .select({ ticketId: ticketScopes.ticketId })
    .from(ticketScopes)
    .innerJoin(jobs, eq(jobs.id, ticketScopes.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(customers.id, customerId), coveredJobs(access)));
  const ofCustomer = db()
    .select({ ticketId: ticketScopes.ticketId })
    .from(ticketScopes)
    .innerJoin(customers, eq(customers.id, ticketScopes.customerId))
    .where(and(eq(customers.id, customerId), coveredCustomers(access)));
  return openOf(sql`${tickets.id} in (${ofCustomer} union all ${ofJobs})`);
}

/** @returns open tickets and remarks about a job, or about the whole of its customer, the latest first, at most 50. */
export async function openTicketsOfJob(jobId: string): Promise<OpenTicket[]> {
  const access = await requireRight("tickets.view");
  const about = db()
    .select({ ticketId: ticketScopes.ticketId })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(
      ticketScopes,
      or(eq(ticketScopes.jobId, jobs.id), and(eq(ticketScopes.customerId, customers.id), coveredCustomers(access))),
    )
    .where(and(eq(jobs.id, jobId), coveredJobs(access)));
  return openOf(sql`${tickets.id} in (${about})`);
}

function openOf(about: ReturnType<typeof sql>): Promise<OpenTicket[]> {
  return db()
    .select({
      id: tickets.id,
      kind: tickets.kind,
      number: tickets.number,
      title: tickets.title,
      createdAt: tickets.createdAt,
      createdBy: tickets.createdBy,
    })
    .from(tickets)
    .where(and(isNull(tickets.resolvedAt), about))
    .orderBy(sql`${tickets.createdAt} desc`, tickets.id)
    .limit(MOST);
}
