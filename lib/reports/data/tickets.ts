import "server-only";
import { and, eq, gte, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { type Access, can } from "../../access/can";
import { reportedCustomers } from "../../access/scope";
import { db } from "../../db";
import { customers, jobs } from "../../db/schema/desk";
import { ticketScopes, tickets } from "../../db/schema/tickets";
import { aboutSome } from "../../tickets/visible";
import { most } from "../most";
import type { Asked } from "../types";
import { endOf, startOf, wantedJobs } from "./wanted";

/** @returns how many tickets about the customers were opened and resolved in the period, and open at its end. */
export async function ticketCounts(access: Access, asked: Asked) {
  const { timeZone } = access.account;
  const [start, end] = [startOf(asked.period, timeZone), endOf(asked.period, timeZone)];
  const count = (where: SQL | undefined) => sql<number>`count(distinct ${tickets.id}) filter (where ${where})::int`;
  const [row] = await db()
    .select({
      opened: count(and(gte(tickets.createdAt, start), lt(tickets.createdAt, end))),
      resolved: count(and(gte(tickets.resolvedAt, start), lt(tickets.resolvedAt, end))),
      open: count(and(lt(tickets.createdAt, end), or(isNull(tickets.resolvedAt), gte(tickets.resolvedAt, end)))),
    })
    .from(tickets)
    .innerJoin(ticketScopes, eq(ticketScopes.ticketId, tickets.id))
    .leftJoin(jobs, eq(jobs.id, ticketScopes.jobId))
    .innerJoin(customers, sql`${customers.id} = coalesce(${ticketScopes.customerId}, ${jobs.customerId})`)
    .where(and(eq(tickets.kind, "ticket"), aboutWanted(access, asked)));
  return row ?? { opened: 0, resolved: 0, open: 0 };
}

/** A ticket about a whole customer counts unless the report is about some of its jobs only. */
function aboutWanted(access: Access, asked: Asked): SQL | undefined {
  const { customerId, filters } = asked;
  const ofCustomer = and(
    isNull(ticketScopes.jobId),
    filters.typeId || filters.software ? sql`false` : undefined,
    customerId ? eq(customers.id, customerId) : undefined,
    filters.groupId ? eq(customers.groupId, filters.groupId) : undefined,
    reportedCustomers(access),
  );
  return or(ofCustomer, and(sql`${ticketScopes.jobId} is not null`, wantedJobs(access, asked)));
}

/** @returns the tickets open at the end of the period, oldest first; none for who may not look at tickets. */
export async function openTickets(access: Access, asked: Asked) {
  if (!can(access, "tickets.view")) return [];
  const end = endOf(asked.period, access.account.timeZone);
  return db()
    .select({
      id: tickets.id,
      number: tickets.number,
      title: tickets.title,
      createdAt: tickets.createdAt,
      createdBy: tickets.createdBy,
    })
    .from(tickets)
    .where(
      and(
        eq(tickets.kind, "ticket"),
        lt(tickets.createdAt, end),
        or(isNull(tickets.resolvedAt), gte(tickets.resolvedAt, end)),
        aboutSome(access, aboutWanted(access, asked)),
      ),
    )
    .orderBy(tickets.createdAt, tickets.id)
    .limit(most.tickets);
}

export type OpenTicket = Awaited<ReturnType<typeof openTickets>>[number];
