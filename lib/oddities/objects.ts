import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "../db";
import { LEAST, type ObjectChange } from "./rules";

/** `comparable`: ids of the runs to compare it with, latest first. */
export type ComparedRun = { id: string; comparable: string[] };

/** An object is missed when each of so many runs had it. */
const ALWAYS = 3;
const KNOWN = 10;
const NAMED = 5;

/** @returns by run which objects are gone that were always there, and which were never there before. */
export async function changedObjects(tx: Tx, found: readonly ComparedRun[]): Promise<Map<string, ObjectChange>> {
  const asked = found
    .filter(({ comparable }) => comparable.length >= LEAST)
    .map(({ id, comparable }) => ({ id, latest: comparable.slice(0, ALWAYS), known: comparable.slice(0, KNOWN) }));
  if (asked.length === 0) return new Map();
  const first = (names: ReturnType<typeof sql>) =>
    sql`(select jsonb_build_object('count', count(*), 'names', coalesce(jsonb_agg(name order by name) filter (where at <= ${NAMED}), '[]'))
      from (select name, row_number() over (order by name) as at from (${names}) n) numbered)`;
  const rows = (await tx.execute(sql`
    select asked.id, ${first(sql`
      select o.name from run_objects o where o.run_id = any(asked.latest) group by o.name
      having count(distinct o.run_id) = ${ALWAYS} and o.name not in (select name from run_objects where run_id = asked.id)`)} as gone,
      ${first(sql`
      select distinct o.name from run_objects o where o.run_id = asked.id
      and (select count(distinct run_id) from run_objects where run_id = any(asked.latest)) = ${ALWAYS}
      and o.name not in (select name from run_objects where run_id = any(asked.known))`)} as added
    from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as asked(id uuid, latest uuid[], known uuid[])`)) as unknown;
  return new Map(rowsOf(rows).map(({ id, gone, added }) => [id, change(gone, added)]));
}

type Named = { count: number; names: string[] };
type Row = { id: string; gone: Named; added: Named };

/** One of the two drivers answers with a list, the other with an object that has one. */
const rowsOf = (answer: unknown): Row[] => (Array.isArray(answer) ? answer : (answer as { rows: Row[] }).rows);

const change = (gone: Named, added: Named): ObjectChange => ({
  gone: gone.names,
  goneCount: gone.count,
  added: added.names,
  addedCount: added.count,
});
