import "server-only";
import { and, or, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { elementSources } from "../access/elements";
import { lackingOf } from "../access/holdings";
import { type AggregateRight, aggregates } from "../access/registry";
import { covered, coveredCustomers, coveredReports } from "../access/scope";
import type { Executor } from "../db";
import { contains } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import type { NamedElement, TypeName } from "./wording";

/** How the elements of an aggregate right are shown and found. `covered`: nobody sees names that they may not see. */
type Shown = {
  detail: SQL<string>;
  covered: (access: Access) => SQL;
  matches: (search: string) => SQL | undefined;
};

const ofCustomer = (condition: SQL): SQL =>
  sql`${jobs.customerId} in (select ${customers.id} from ${customers} where ${condition})`;

/** An aggregate right's line in the registry and its entry in lib/access/elements.ts have a third one here. */
export const shownElements: Record<AggregateRight, Shown> = {
  "customers.view": {
    detail: sql`${customers.reference}`,
    covered: coveredCustomers,
    matches: (search) => contains(customers.name, search),
  },
  "resources.view": {
    detail: sql`(select concat_ws(' · ', ${customers.name}, nullif(${jobs.host}, '')) from ${customers} where ${customers.id} = ${jobs.customerId})`,
    covered: (access) => sql`(${covered(access, "resources.view")} and ${ofCustomer(coveredCustomers(access))})`,
    matches: (search) =>
      or(contains(sql`(${jobs.name} || ' ' || ${jobs.host})`, search), ofCustomer(contains(customers.name, search))),
  },
  "reports.view": {
    detail: sql`''`,
    covered: coveredReports,
    matches: (search) => contains(elementSources["reports.view"].name, search),
  },
};

/** What is selected of an element. */
export const named = (right: AggregateRight) => {
  const { id, type, name } = elementSources[right];
  const { detail } = shownElements[right];
  return {
    id: sql<string>`${id}`,
    type: sql<string>`${type}`,
    name: sql<string>`${name}`,
    detail: sql<string>`${detail}`,
  };
};

/** @returns those of the elements that are there. @param access leaves out what it does not cover. */
export async function elementsWith(
  executor: Executor,
  right: AggregateRight,
  ids: readonly string[],
  access?: Access,
): Promise<NamedElement[]> {
  if (ids.length === 0) return [];
  const { table, id } = elementSources[right];
  return executor
    .select(named(right))
    .from(table)
    .where(and(sql`${id} = any(${sql.param([...ids])}::uuid[])`, access && shownElements[right].covered(access)));
}

/** @returns the types there are, in their order. */
export async function typeNames(executor: Executor, right: AggregateRight): Promise<TypeName[]> {
  const kinds = sql`(${elementSources[right].types}) as kinds`;
  const rows = await executor
    .select({ type: sql<string>`kinds.type`, name: sql<string>`kinds.name` })
    .from(kinds)
    .orderBy(sql`kinds.position, lower(kinds.name) collate "C"`);
  const untyped = aggregates.find((entry) => entry.right === right)?.aggregate.untyped ?? "";
  return rows.map(({ type, name }) => ({ type, name: type === "" ? untyped : name }));
}

export type TypeView = TypeName & {
  /** How many of its elements who looks may see. */
  count: number;
  /** Whether who looks covers all of it, also what comes later, and so may give all of it. */
  grantable: boolean;
};

/** @returns the types that who looks may see something of, or covers, in their order. */
export async function visibleTypes(executor: Executor, access: Access, right: AggregateRight): Promise<TypeView[]> {
  const { table, type } = elementSources[right];
  const counted = await executor
    .select({ type: sql<string>`${type}`, count: sql<number>`count(*)::int` })
    .from(table)
    .where(shownElements[right].covered(access))
    .groupBy(type);
  const counts = new Map(counted.map((row) => [row.type, row.count]));
  const types = await typeNames(executor, right);
  const whole = types.map((one) => ({
    rights: new Set([right]),
    everything: false,
    trees: { [right]: { root: false, types: new Map([[one.type, true]]), elements: new Map() } },
  }));
  const lacking = await lackingOf(executor, access, whole);
  return types
    .map((one, at) => ({ ...one, count: counts.get(one.type) ?? 0, grantable: lacking[at]?.length === 0 }))
    .filter(({ count, grantable }) => count > 0 || grantable);
}
