import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { elementSources } from "../access/elements";
import { type AggregateRight, aggregates } from "../access/registry";
import { covered } from "../access/scope";
import type { Executor } from "../db";
import { jobs } from "../db/schema/desk";
import { shownElements } from "../roles/elements";
import type { Question, Row } from "./explain";

/** A row that one may ask about. */
export type FoundRow = { id: string; name: string; detail: string };

const MOST = 10;

/** @returns at most ten elements of the right that the access covers, by name. */
export function searchRows(
  executor: Executor,
  access: Access,
  right: AggregateRight,
  search: string,
): Promise<FoundRow[]> {
  const { table, id, name } = elementSources[right];
  const { detail, covered: shown, matches } = shownElements[right];
  return executor
    .select({ id: sql<string>`${id}`, name: sql<string>`${name}`, detail })
    .from(table)
    .where(and(shown(access), matches(search)))
    .orderBy(sql`lower(${name}) collate "C"`, id)
    .limit(MOST);
}

/** @returns what must be asked about the row: itself, and for a job its customer too; null for what the access does not cover. */
export async function chainOf(
  executor: Executor,
  access: Access,
  right: AggregateRight,
  id: string,
): Promise<Question[] | null> {
  const row = await rowOf(executor, access, right, id);
  if (!row) return null;
  if (right !== "resources.view") return [{ right, row }];
  const [job] = await executor.select({ customerId: jobs.customerId }).from(jobs).where(eq(jobs.id, id));
  const customer = job && (await rowOf(executor, access, "customers.view", job.customerId));
  return customer
    ? [
        { right, row },
        { right: "customers.view", row: customer },
      ]
    : null;
}

async function rowOf(executor: Executor, access: Access, right: AggregateRight, wanted: string): Promise<Row | null> {
  const { table, id, type, name, types } = elementSources[right];
  const typeName: SQL<string> = sql`coalesce((select kinds.name from (${types}) as kinds where kinds.type = ${type}), '')`;
  const [row] = await executor
    .select({ id: sql<string>`${id}`, type: sql<string>`${type}`, name: sql<string>`${name}`, typeName })
    .from(table)
    .where(and(eq(id, wanted), covered(access, right)));
  return row ? { ...row, typeName: row.typeName || untyped(right) } : null;
}

const untyped = (right: AggregateRight): string =>
  aggregates.find((entry) => entry.right === right)?.aggregate.untyped ?? "";
