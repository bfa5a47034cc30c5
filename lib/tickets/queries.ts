import "server-only";
import { and, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { z } from "zod";
import type { Access } from "../access/can";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { contains, keyset } from "../db/keyset";
import { users } from "../db/schema/access";
import { customers, jobs } from "../db/schema/desk";
import { ticketScopes, tickets } from "../db/schema/tickets";
import { isId } from "../ids";
import type { ListPage, ListQuery } from "../list";
import { assigneesFor } from "./assignees";
import { numberIn, readTarget, type TicketKind } from "./rules";
import { nameTargets, searchTargets } from "./targets";
import type { Assignee, NamedTarget, Ticket, TicketRow, TicketSort } from "./types";
import { aboutSome, scopesOf, visibleTickets } from "./visible";

export const ticketFilters = ["state", "assignee", "customer", "job"] as const;

const { id, number, title, body, createdBy, createdAt, resolvedAt, resolvedBy, version } = tickets;
const { externalCode, externalUrl, assigneeId } = tickets;
const assignee = users.username;
const shown = { id, number, title, createdBy, createdAt, resolvedAt, externalCode, assignee };

/** @param query filters: state ("" open, "resolved", "all"), assignee ("me", "nobody"), customer and job (ids). */
export async function listTickets(kind: TicketKind, query: ListQuery<TicketSort>): Promise<ListPage<TicketRow>> {
  const access = await requireRight("tickets.view");
  const columns = {
    created: { by: createdAt, type: "timestamptz" },
    code: { by: sql`coalesce(${number}, 0)`, type: "integer" },
    title: { by: sql`lower(${title})`, type: "text" },
    by: { by: sql`lower(${createdBy})`, type: "text" },
  } as const;
  const page = keyset(query, columns, id);
  const rows = await db()
    .select({ ...shown, cursor: page.cursor })
    .from(tickets)
    .leftJoin(users, eq(users.id, assigneeId))
    .where(and(eq(tickets.kind, kind), visibleTickets(access), ...filtered(access, query), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const { rows: kept, ...ends } = page.of(rows);
  const scopes = await scopesOf(
    db(),
    access,
    inArray(
      ticketScopes.ticketId,
      kept.map((row) => row.id),
    ),
  );
  return { ...ends, rows: kept.map(({ cursor: _, ...row }) => ({ ...row, scopes: scopes.get(row.id) ?? [] })) };
}

/** @throws 404 when there is none of this kind that the role covers. */
export async function getTicket(kind: TicketKind, wanted: string): Promise<Ticket> {
  const access = await requireRight("tickets.view");
  if (!z.uuid().safeParse(wanted).success) notFound();
  const [row] = await db()
    .select({ ...shown, body, externalUrl, assigneeId, resolvedBy, version })
    .from(tickets)
    .leftJoin(users, eq(users.id, assigneeId))
    .where(and(eq(id, wanted), eq(tickets.kind, kind), visibleTickets(access)));
  if (!row) notFound();
  return { ...row, scopes: (await scopesOf(db(), access, eq(ticketScopes.ticketId, row.id))).get(row.id) ?? [] };
}

/** What a ticket may be tied to. @returns customers and jobs whose names contain the text, and such objects of these jobs. */
export async function findTargets(search: string, jobIds: readonly string[] = []): Promise<NamedTarget[]> {
  const access = await requireRight("tickets.manage");
  return searchTargets(db(), access, search.slice(0, 200), jobIds.filter(isId).slice(0, MOST_JOBS));
}

const MOST_JOBS = 50;

/** @returns whom the actor may give tickets to. */
export async function listAssignees(): Promise<Assignee[]> {
  const access = await requireRight("tickets.manage");
  return assigneesFor(db(), access);
}

/** @returns the customer or job that an address speaks of, with its name; null when there is none that the role covers. */
export async function getTarget(wanted: { customer?: string; job?: string }): Promise<NamedTarget | null> {
  const access = await requireRight("tickets.view");
  const target = readTarget(wanted.job ? `job:${wanted.job}` : `customer:${wanted.customer ?? ""}`);
  return target && ((await nameTargets(db(), access, [target]))[0] ?? null);
}

function filtered(access: Access, { search, filters }: ListQuery<TicketSort>): (SQL | undefined)[] {
  const target = readTarget(filters.job ? `job:${filters.job}` : `customer:${filters.customer ?? ""}`);
  const named = sql`(${contains(customers.name, search)} or ${contains(sql`coalesce(${jobs.name}, '')`, search)})`;
  return [
    filters.assignee === "me" ? eq(assigneeId, access.userId) : undefined,
    filters.assignee === "nobody" ? isNull(assigneeId) : undefined,
    filters.state === "all" ? undefined : filters.state === "resolved" ? isNotNull(resolvedAt) : isNull(resolvedAt),
    target
      ? aboutSome(access, target.kind === "job" ? eq(jobs.id, target.id) : eq(customers.id, target.id))
      : undefined,
    search
      ? or(
          contains(title, search),
          contains(body, search),
          contains(externalCode, search),
          eq(number, numberIn(search) ?? -1),
          aboutSome(access, named),
        )
      : undefined,
  ];
}
