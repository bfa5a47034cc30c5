import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { customers, jobs, resourceTypes } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import type { ListQuery } from "../list";
import { type CheckStatus, checkStatuses, type OnlyKind, onlyKinds } from "./rules";
import { asked, onlyThose, statusKey, waiting } from "./waiting";

export type Choice = { value: string; label: string; count: number };
export type CheckCounts = {
  /** What waits with these filters, whatever its status. */
  total: number;
  byStatus: Record<CheckStatus, number>;
  /** What each other filter offers, as the rest of the filters leaves it. */
  customers: Choice[];
  softwares: Choice[];
  types: Choice[];
  only: Record<OnlyKind, number>;
  asOf: Date;
};

/**
 * How many runs wait behind each filter, in one look, and when that was: what comes later has not been seen by the person.
 * @param query filters: `checkFilters`; each number counts what one would see after choosing it.
 */
export async function countUnreviewed(query: Pick<ListQuery, "search" | "filters">): Promise<CheckCounts> {
  const access = await requireRight("runs.view");
  const wanted = asked(access, query.filters);
  const those = onlyThose(access);
  const found = db()
    .select({
      status: statusKey.as("status_key"),
      customerId: customers.id,
      customer: sql<string>`${customers.name}`.as("customer"),
      software: jobs.software,
      typeId: jobs.resourceTypeId,
      type: sql<string>`${resourceTypes.name}`.as("type"),
      isOdd: sql<boolean>`(${those.odd})`.as("is_odd"),
      hasTicket: sql<boolean>`(${those.ticket})`.as("has_ticket"),
      isOverridden: sql<boolean>`(${those.overridden})`.as("is_overridden"),
      ofStatus: sql<boolean>`(${wanted.status})`.as("of_status"),
      ofCustomer: sql<boolean>`(${wanted.customer})`.as("of_customer"),
      ofSoftware: sql<boolean>`(${wanted.software})`.as("of_software"),
      ofType: sql<boolean>`(${wanted.type})`.as("of_type"),
      ofOnly: sql<boolean>`(${wanted.only})`.as("of_only"),
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(resourceTypes, eq(resourceTypes.id, jobs.resourceTypeId))
    .where(waiting(access, query.search))
    .as("found");
  const { ofStatus: status, ofCustomer: customer, ofSoftware: software, ofType: type, ofOnly: only } = found;
  const matches = { status, customer, software, type, only };
  const count = (but: keyof typeof matches, also = sql`true`) => {
    const others = Object.entries(matches).filter(([name]) => name !== but);
    return sql<number>`(count(*) filter (where ${and(also, ...others.map(([, match]) => sql`${match}`))}))::int`;
  };
  const rows = await db()
    .select({
      kind: sql<
        "status" | "customer" | "software" | "type" | "all"
      >`case when grouping(${found.status}) = 0 then 'status'
        when grouping(${found.customerId}) = 0 then 'customer' when grouping(${found.software}) = 0 then 'software'
        when grouping(${found.typeId}) = 0 then 'type' else 'all' end`,
      value: sql<string>`coalesce(${found.status}, ${found.customerId}::text, ${found.software}, ${found.typeId}::text, '')`,
      label: sql<string>`coalesce(${found.customer}, ${found.software}, ${found.type}, '')`,
      ofStatus: count("status"),
      ofCustomer: count("customer"),
      ofSoftware: count("software"),
      ofType: count("type"),
      odd: count("only", sql`${found.isOdd}`),
      ticket: count("only", sql`${found.hasTicket}`),
      overridden: count("only", sql`${found.isOverridden}`),
      asOf: sql<Date>`now()`.mapWith(runs.createdAt),
    })
    .from(found)
    .groupBy(
      sql`grouping sets ((${found.status}), (${found.customerId}, ${found.customer}), (${found.software}), (${found.typeId}, ${found.type}), ())`,
    )
    .orderBy(sql`lower(coalesce(${found.customer}, ${found.software}, ${found.type}))`, sql`2`);
  const all = rows.find(({ kind }) => kind === "all");
  if (!all) throw new Error("A count without a row.");
  const choices = (kind: "customer" | "software" | "type", field: "ofCustomer" | "ofSoftware" | "ofType"): Choice[] =>
    rows
      .filter((row) => row.kind === kind && row.value !== "" && row[field] > 0)
      .map((row) => ({ value: row.value, label: row.label, count: row[field] }));
  const ofStatus = (name: CheckStatus) =>
    rows.find(({ kind, value }) => kind === "status" && value === name)?.ofStatus ?? 0;
  return {
    total: all.ofStatus,
    byStatus: Object.fromEntries(checkStatuses.map((status) => [status, ofStatus(status)])) as CheckCounts["byStatus"],
    customers: choices("customer", "ofCustomer"),
    softwares: choices("software", "ofSoftware"),
    types: choices("type", "ofType"),
    only: Object.fromEntries(onlyKinds.map((kind) => [kind, all[kind]])) as CheckCounts["only"],
    asOf: all.asOf,
  };
}
