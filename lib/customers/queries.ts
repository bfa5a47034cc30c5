import "server-only";
import { and, eq, exists, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { z } from "zod";
import type { Access } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredCustomers } from "../access/scope";
import { db } from "../db";
import { COUNT_LIMIT, cappedCount, contains, keyset } from "../db/keyset";
import { customerGroups, customers } from "../db/schema/desk";
import { isId } from "../ids";
import type { ListPage, ListQuery } from "../list";
import { jobsOf, openTickets, resultsOf } from "./figures";

export type CustomerSort = "name" | "reference" | "group" | "jobs";
export const customerSorts = ["name", "reference", "group", "jobs"] as const;
export const customerFilters = ["state", "group"] as const;

export type CustomerRow = {
  id: string;
  name: string;
  reference: string;
  /** Its name; empty for none. */
  group: string;
  deactivatedAt: Date | null;
  jobs: number;
  /** How many of the jobs ended how the last time. */
  failed: number;
  warning: number;
  unknown: number;
  missed: number;
  success: number;
  /** Null without the right to view tickets. */
  openTickets: number | null;
};

/** @param query filters: state ("" active, "deactivated", or "all"), group (an id, or "none"). */
export async function listCustomers(query: ListQuery<CustomerSort>): Promise<ListPage<CustomerRow>> {
  const access = await requireRight("customers.view");
  const mix = resultsOf(access);
  const counted = jobsOf(access);
  const page = keyset(
    query,
    {
      name: { by: sql`lower(${customers.name})`, type: "text" },
      reference: { by: sql`lower(${customers.reference})`, type: "text" },
      group: { by: sql`lower(${groupName})`, type: "text" },
      jobs: { by: sql`coalesce(${counted.jobs}, 0)`, type: "integer" },
    },
    customers.id,
  );
  // First which customers, then what hangs on them: counted for all customers only when the order is about it.
  const shown = db()
    .select({ id: customers.id, cursor: page.cursor.as("cursor") })
    .from(customers)
    .leftJoin(customerGroups, eq(customerGroups.id, customers.groupId))
    .leftJoinLateral(counted, sql`${query.sort === "jobs"}`)
    .where(and(matching(access, query), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit)
    .as("shown");
  const rows = await db()
    .select({
      id: customers.id,
      name: customers.name,
      reference: customers.reference,
      group: groupName,
      deactivatedAt: customers.deactivatedAt,
      jobs: mix.jobs,
      failed: mix.failed,
      warning: mix.warning,
      unknown: mix.unknown,
      missed: mix.missed,
      success: mix.success,
      openTickets: openTickets(access),
      cursor: shown.cursor,
    })
    .from(shown)
    .innerJoin(customers, eq(customers.id, shown.id))
    .leftJoin(customerGroups, eq(customerGroups.id, customers.groupId))
    .leftJoinLateral(counted, sql`${query.sort === "jobs"}`)
    .crossJoinLateral(mix)
    .orderBy(...page.orderBy);
  return page.of(rows);
}

const groupName = sql<string>`coalesce(${customerGroups.name}, '')`;

/** @returns the groups of the customers that the role covers, by name. */
export async function listCustomerGroups(): Promise<{ id: string; name: string }[]> {
  const access = await requireRight("customers.view");
  const { id, name } = customerGroups;
  const members = db()
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.groupId, id), coveredCustomers(access)));
  return db()
    .select({ id, name })
    .from(customerGroups)
    .where(exists(members))
    .orderBy(sql`lower(${name}) collate "C"`)
    .limit(GROUPS_SHOWN);
}

const GROUPS_SHOWN = 500;

/** @returns how many customers match, in words: "1,204", "10,000+". */
export async function countCustomers(query: ListQuery<CustomerSort>): Promise<string> {
  const access = await requireRight("customers.view");
  const matches = db().select({ id: customers.id }).from(customers).where(matching(access, query)).limit(COUNT_LIMIT);
  const [row] = await db().select({ count: sql<number>`count(*)::int` }).from(matches.as("matches"));
  return cappedCount(row?.count ?? 0);
}

/** @returns one customer. Stops with 404 for what is not covered. */
export async function getCustomer(id: string) {
  const access = await requireRight("customers.view");
  if (!z.uuid().safeParse(id).success) notFound();
  const [customer] = await db()
    .select({
      id: customers.id,
      name: customers.name,
      reference: customers.reference,
      group: groupName,
      notes: customers.notes,
      timeZone: customers.timeZone,
      deactivatedAt: customers.deactivatedAt,
      createdAt: customers.createdAt,
      version: customers.version,
    })
    .from(customers)
    .leftJoin(customerGroups, eq(customerGroups.id, customers.groupId))
    .where(and(eq(customers.id, id), coveredCustomers(access)));
  return customer ?? notFound();
}

export type Customer = Awaited<ReturnType<typeof getCustomer>>;

/** Everything that matches, by name, for an export. */
export async function exportCustomers(query: ListQuery<CustomerSort>) {
  const access = await requireRight("customers.view");
  return db()
    .select({
      name: customers.name,
      reference: customers.reference,
      group: groupName,
      notes: customers.notes,
      deactivatedAt: customers.deactivatedAt,
    })
    .from(customers)
    .leftJoin(customerGroups, eq(customerGroups.id, customers.groupId))
    .where(matching(access, query))
    .orderBy(sql`lower(${customers.name}) collate "C"`, customers.id);
}

/** @returns names of active customers that contain what was typed, at most 20. */
export async function listCustomerNames(search: string): Promise<string[]> {
  const access = await requireRight("customers.view");
  const rows = await db()
    .select({ name: customers.name })
    .from(customers)
    .where(
      and(
        coveredCustomers(access),
        isNull(customers.deactivatedAt),
        contains(customers.name, search.slice(0, 200).replaceAll("\0", "")),
      ),
    )
    .orderBy(sql`lower(${customers.name}) collate "C"`)
    .limit(20);
  return rows.map(({ name }) => name);
}

function matching(access: Access, { search, filters }: ListQuery): SQL | undefined {
  const state = {
    deactivated: isNotNull(customers.deactivatedAt),
    all: undefined,
    "": isNull(customers.deactivatedAt),
  };
  return and(
    coveredCustomers(access),
    search ? sql`(${contains(customers.name, search)} or ${contains(customers.reference, search)})` : undefined,
    state[(filters.state ?? "") as keyof typeof state],
    inGroup(filters.group ?? ""),
  );
}

function inGroup(group: string): SQL | undefined {
  if (group === "none") return isNull(customers.groupId);
  if (group === "") return undefined;
  return isId(group) ? eq(customers.groupId, group) : sql`false`;
}
