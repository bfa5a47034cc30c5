import "server-only";
import { getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "./index";

/** Rows of any table as lines of JSON, and back, exact to the microsecond and whatever the types of the columns are. */

const AT_ONCE = 50;

/** @returns how many lines these columns of a table make, and how many bytes with a line break after each. */
export async function measureLines(tx: Tx, table: PgTable, columns: readonly string[]) {
  const [measured] = rowsOf<{ rows: number; bytes: number }>(
    await tx.execute(sql`select count(*)::float8 as rows, coalesce(sum(octet_length(to_jsonb(t)::text) + 1), 0)::float8 as bytes
      from ${only(columns, table)}`),
  );
  return measured ?? { rows: 0, bytes: 0 };
}

/** @returns the lines, a few rows at a time: a table may be larger than memory. */
export async function* readLines(tx: Tx, table: PgTable, columns: readonly string[]): AsyncGenerator<string> {
  const select = sql`select to_jsonb(t)::text as line from ${only(columns, table)}`;
  for await (const { line } of fetched<{ line: string }>(tx, select)) yield `${line}\n`;
}

/** @returns the rows of a statement, a few at a time, in the snapshot of the transaction. */
export async function* fetched<Row>(tx: Tx, select: ReturnType<typeof sql>, atOnce = AT_ONCE): AsyncGenerator<Row> {
  await tx.execute(sql`declare lines no scroll cursor for ${select}`);
  for (;;) {
    const rows = rowsOf<Row>(await tx.execute(sql`fetch ${sql.raw(String(atOnce))} from lines`));
    yield* rows;
    if (rows.length < atOnce) break;
  }
  await tx.execute(sql`close lines`);
}

/** @returns the names of the columns that can be written, in the table's order. */
export async function columnsOf(tx: Tx, table: PgTable): Promise<string[]> {
  const found = await tx.execute(sql`select column_name from information_schema.columns
    where table_schema = 'public' and table_name = ${getTableName(table)} and is_generated = 'NEVER' order by ordinal_position`);
  return rowsOf<{ column_name: string }>(found).map(({ column_name }) => column_name);
}

/**
 * Puts lines back into a table.
 * @param columns what the lines hold; all of them are columns of the table. @param later of these what stays null for now.
 * @param empty columns of bytes that no line holds and that are not null.
 */
export async function insertLines(
  tx: Tx,
  table: PgTable,
  columns: readonly string[],
  later: readonly string[],
  empty: readonly string[],
  lines: readonly string[],
): Promise<void> {
  const given = columns.filter((name) => !later.includes(name));
  const values = sql.join([listOf(given), ...empty.map(() => sql`''::bytea`)], sql`, `);
  await tx.execute(
    sql`insert into ${table} (${listOf([...given, ...empty])}) select ${values} from jsonb_populate_recordset(null::${table}, ${`[${lines.join(",")}]`}::text::jsonb)`,
  );
}

/** Fills in a column that points into its own table, now that all its rows are there. */
export async function insertLater(
  tx: Tx,
  table: PgTable,
  column: string,
  pairs: readonly { id: string; to: string }[],
): Promise<void> {
  await tx.execute(
    sql`update ${table} as t set ${sql.identifier(column)} = pair."to"
      from jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb) as pair(id uuid, "to" uuid) where t.id = pair.id`,
  );
}

/** @returns whether the table has no row. */
export async function isEmpty(tx: Tx, table: PgTable): Promise<boolean> {
  return rowsOf(await tx.execute(sql`select 1 from ${table} limit 1`)).length === 0;
}

/** Before they become JSON: the source of a mail would be written out in full only to be thrown away. */
const only = (columns: readonly string[], table: PgTable) => sql`(select ${listOf(columns)} from ${table}) as t`;

const listOf = (columns: readonly string[]) =>
  sql.join(
    columns.map((name) => sql.identifier(name)),
    sql`, `,
  );

/** The two drivers answer differently. */
const rowsOf = <Row>(result: unknown): Row[] => (Array.isArray(result) ? result : (result as { rows: Row[] }).rows);
