import "server-only";
import { and, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { z } from "zod";
import type { Access } from "../access/can";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { contains, keyset } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import { ticketScopes, tickets } from "../db/schema/tickets";
import type { ListPage, ListQuery } from "../list";
import { numberIn, readTarget, type TicketKind } from "./rules";
import { nameTargets, searchTargets } from "./targets";
import type { NamedTarget, Ticket, TicketRow, TicketSort } from "./types";
import { aboutSome, scopesOf, visibleTickets } from "./visible";

export const ticketFilters = ["state", "customer", "job"] as const;

const { id, number, title, body, createdBy, createdAt, resolvedAt, resolvedBy, version } = tickets;
const shown = { id, number, title, createdBy, createdAt, resolvedAt };

/** @param query filters: state ("" open, "resolved", "all"), customer and job (ids). */
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
    .select({ ...shown, body, resolvedBy, version })
    .from(tickets)
    .where(and(eq(id, wanted), eq(tickets.kind, kind), visibleTickets(access)));
  if (!row) notFound();
  return { ...row, scopes: (await scopesOf(db(), access, eq(ticketScopes.ticketId, row.id))).get(row.id) ?? [] };
}

/** What a new ticket may be tied to. @returns customers and jobs whose names contain the text. */
export async function findTargets(search: string): Promise<NamedTarget[]> {
  const access = await requireRight("tickets.manage");
  return searchTargets(db(), access, search.slice(0, 200));
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
    filters.state === "all" ? undefined : filters.state === "resolved" ? isNotNull(resolvedAt) : isNull(resolvedAt),
    target
      ? aboutSome(access, target.kind === "job" ? eq(jobs.id, target.id) : eq(customers.id, target.id))
      : undefined,
    search
      ? or(
          contains(title, search),
          contains(body, search),
          eq(number, numberIn(search) ?? -1),
          aboutSome(access, named),
        )
      : undefined,
  ];
}
