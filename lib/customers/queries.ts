import "server-only";
import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { z } from "zod";
import { type Access, can } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredCustomers, coveredJobs } from "../access/scope";
import { db } from "../db";
import { COUNT_LIMIT, cappedCount, contains, keyset } from "../db/keyset";
import { customers, jobs, runs } from "../db/schema/desk";
import type { ListPage, ListQuery } from "../list";

export type CustomerSort = "name" | "reference" | "jobs";
export const customerSorts = ["name", "reference", "jobs"] as const;
export const customerFilters = ["state"] as const;

export type CustomerRow = {
  id: string;
  name: string;
  reference: string;
  deactivatedAt: Date | null;
  jobs: number;
  /** How many of the jobs ended how the last time. */
  failed: number;
  warning: number;
  unknown: number;
  success: number;
  /** Null without the right to view tickets. */
  openTickets: number | null;
};

/** @param query filter state: "" active, "deactivated", or "all". */
export async function listCustomers(query: ListQuery<CustomerSort>): Promise<ListPage<CustomerRow>> {
  const access = await requireRight("customers.view");
  const mix = resultsOf(access);
  const counted = jobsOf(access);
  const page = keyset(
    query,
    {
      name: { by: sql`lower(${customers.name})`, type: "text" },
      reference: { by: sql`lower(${customers.reference})`, type: "text" },
      jobs: { by: sql`coalesce(${counted.jobs}, 0)`, type: "integer" },
    },
    customers.id,
  );
  // First which customers, then what hangs on them: counted for all customers only when the order is about it.
  const shown = db()
    .select({ id: customers.id, cursor: page.cursor.as("cursor") })
    .from(customers)
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
      deactivatedAt: customers.deactivatedAt,
      jobs: mix.jobs,
      failed: mix.failed,
      warning: mix.warning,
      unknown: mix.unknown,
      success: mix.success,
      openTickets: openTickets(access),
      cursor: shown.cursor,
    })
    .from(shown)
    .innerJoin(customers, eq(customers.id, shown.id))
    .leftJoinLateral(counted, sql`${query.sort === "jobs"}`)
    .crossJoinLateral(mix)
    .orderBy(...page.orderBy);
  return page.of(rows);
}

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
      notes: customers.notes,
      deactivatedAt: customers.deactivatedAt,
      createdAt: customers.createdAt,
      version: customers.version,
    })
    .from(customers)
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
      notes: customers.notes,
      deactivatedAt: customers.deactivatedAt,
    })
    .from(customers)
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
  );
}

/** Per customer: its jobs in use. */
function jobsOf(access: Access) {
  return db()
    .select({ jobs: sql<number>`count(*)::int`.as("job_count") })
    .from(jobs)
    .where(inUse(access))
    .as("counted");
}

/** Per customer: its jobs in use, and how they ended the last time. */
function resultsOf(access: Access) {
  const last = db()
    .select({ status: runs.status })
    .from(runs)
    .where(eq(runs.jobId, jobs.id))
    .orderBy(sql`${runs.ranAt} desc`)
    .limit(1)
    .as("last");
  const ended = (status: string) => sql<number>`(count(*) filter (where ${last.status} = ${status}))::int`.as(status);
  return db()
    .select({
      jobs: sql<number>`count(*)::int`.as("jobs"),
      failed: ended("failed"),
      warning: ended("warning"),
      unknown: ended("unknown"),
      success: ended("success"),
    })
    .from(jobs)
    .leftJoinLateral(last, sql`true`)
    .where(inUse(access))
    .as("mix");
}

const inUse = (access: Access): SQL | undefined =>
  and(eq(jobs.customerId, customers.id), isNull(jobs.archivedAt), coveredJobs(access));

function openTickets(access: Access): SQL<number | null> {
  if (!can(access, "tickets.view")) return sql`null::int`;
  return sql`(select count(*)::int from tickets where kind = 'ticket' and resolved_at is null and id in (
    select ticket_id from ticket_scopes where customer_id = ${customers.id}
    union all
    select ticket_id from ticket_scopes join jobs on jobs.id = job_id
    where jobs.customer_id = ${customers.id} and ${coveredJobs(access)}))`;
}
