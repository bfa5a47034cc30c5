import "server-only";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type ListPage, type ListQuery, PAGE_SIZE } from "../list";

/** How one may sort: an expression that is never null, and its type in SQL for reading a cursor back. */
export type SortColumn = { by: SQLWrapper; type: "text" | "timestamptz" | "integer" | "bigint" };

/**
 * Keyset paging: a page starts behind a known row, so page 1,000 costs what page 1 costs.
 * Use as `select({ ..., id, cursor: page.cursor }).where(and(..., page.where)).orderBy(...page.orderBy).limit(page.limit)`
 * and hand the rows to `page.of`.
 */
export function keyset<Sort extends string>(
  query: ListQuery<Sort>,
  columns: Record<Sort, SortColumn>,
  id: SQLWrapper,
  size = PAGE_SIZE,
) {
  const { by, type } = columns[query.sort];
  const { cursor } = query;
  const backwards = cursor?.way === "before";
  const ascending = (query.direction === "asc") !== backwards;
  const value = type === "text" ? sql`${by} collate "C"` : sql`${by}`;
  const bound =
    cursor && readable(cursor.value, type) ? sql`(${cursor.value}::${sql.raw(type)}, ${cursor.id}::uuid)` : null;
  return {
    cursor: sql<string>`(${by})::text`,
    where: bound ? (ascending ? sql`(${value}, ${id}) > ${bound}` : sql`(${value}, ${id}) < ${bound}`) : sql`true`,
    orderBy: ascending ? [sql`${value} asc`, sql`${id} asc`] : [sql`${value} desc`, sql`${id} desc`],
    limit: size + 1,
    of<Row extends { id: string; cursor: string }>(fetched: Row[]): ListPage<Row> {
      const rows = fetched.slice(0, size);
      if (backwards) rows.reverse();
      const more = fetched.length > size;
      const [first, last] = [rows[0], rows.at(-1)];
      return {
        rows,
        previous: first && bound && (!backwards || more) ? { way: "before", value: first.cursor, id: first.id } : null,
        next: last && (backwards ? bound !== null : more) ? { way: "after", value: last.cursor, id: last.id } : null,
      };
    },
  };
}

/** A cursor comes from the address bar: what the database could not read as the type counts as none. */
function readable(value: string, type: SortColumn["type"]): boolean {
  if (type === "text") return true;
  if (type === "timestamptz") return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(value);
  return /^-?\d{1,18}$/.test(value) && (type === "bigint" || Math.abs(Number(value)) < 2 ** 31);
}

/** Counts rows of a list, but never further than 10,000. @returns "10,000+" beyond. Use with `select count(*) from (... limit 10001)`. */
export const COUNT_LIMIT = 10_001;
export const cappedCount = (count: number): string => (count >= COUNT_LIMIT ? "10,000+" : count.toLocaleString("en"));

/** @returns a condition: the text contains what was searched for, without regard to case; wildcards in it are ordinary characters. */
export function contains(text: SQLWrapper, search: string): SQL {
  return search ? sql`${text} ilike ${`%${search.replace(/[\\%_]/g, "\\$&")}%`}` : sql`true`;
}
