import { isId } from "./ids";

/** Every list keeps its search, sorting and paging in the address, so that a link to it can be shared. Pure: for both sides. */

export type Direction = "asc" | "desc";
export type Cursor = { way: "after" | "before"; value: string; id: string };
export type ListQuery<Sort extends string = string> = {
  search: string;
  sort: Sort;
  direction: Direction;
  cursor: Cursor | null;
  /** Further parameters that the list understands, each "" when absent. */
  filters: Record<string, string>;
};
export type SearchParams = Record<string, string | string[] | undefined>;

/** One page of a list. `previous` and `next` are values for `hrefOf`, or null at the ends. */
export type ListPage<Row> = { rows: Row[]; previous: Cursor | null; next: Cursor | null };

export const PAGE_SIZE = 50;

/**
 * @param params what the address says; anything unknown or malformed counts as absent.
 * @param sorts the columns one may sort by, the default first; a leading "-" in the default means descending.
 */
export function readListQuery<Sort extends string>(
  params: SearchParams,
  sorts: readonly [string, ...Sort[]],
  filters: readonly string[] = [],
): ListQuery<Sort> {
  const [fallback] = sorts;
  const names = sorts.map((name) => name.replace(/^-/, "")) as Sort[];
  const wanted = one(params.sort) || fallback;
  const sort = names.find((name) => name === wanted.replace(/^-/, ""));
  const chosen = sort ? wanted : fallback;
  return {
    search: one(params.q).slice(0, 200).trim(),
    sort: sort ?? (fallback.replace(/^-/, "") as Sort),
    direction: chosen.startsWith("-") ? "desc" : "asc",
    cursor: readCursor(params, "after") ?? readCursor(params, "before"),
    filters: Object.fromEntries(filters.map((name) => [name, one(params[name]).slice(0, 200)])),
  };
}

/** @returns the address of the same list with something changed; a change of search, sort or filter starts at the first page. */
export function hrefOf(
  path: string,
  query: ListQuery,
  change: Partial<Pick<ListQuery, "sort" | "direction" | "cursor" | "search" | "filters">> = {},
): string {
  const next = { ...query, cursor: null, ...change };
  const params = new URLSearchParams();
  if (next.search) params.set("q", next.search);
  for (const [name, value] of Object.entries(next.filters)) if (value) params.set(name, value);
  params.set("sort", (next.direction === "desc" ? "-" : "") + next.sort);
  if (next.cursor) params.set(next.cursor.way, `${next.cursor.id}~${next.cursor.value}`);
  return `${path}?${params}`;
}

/** @returns what a search form carries along, so that searching keeps the order. */
export const sortParam = (query: ListQuery): { sort: string } => ({
  sort: (query.direction === "desc" ? "-" : "") + query.sort,
});

/** @returns for a column head: where a click goes, and how the column is sorted now (null: not by this one). */
export function sortLink<Sort extends string>(
  path: string,
  query: ListQuery<Sort>,
  sort: Sort,
): { href: string; direction: Direction | null } {
  const current = query.sort === sort ? query.direction : null;
  return { href: hrefOf(path, query, { sort, direction: current === "asc" ? "desc" : "asc" }), direction: current };
}

/** The database stores no NUL, and refuses to look for one. */
const one = (value: string | string[] | undefined): string =>
  ((Array.isArray(value) ? value.at(-1) : value) ?? "").replaceAll("\0", "");

function readCursor(params: SearchParams, way: Cursor["way"]): Cursor | null {
  const match = /^([0-9a-f-]{36})~([^\0]{0,500})$/su.exec(one(params[way]));
  return match?.[1] && isId(match[1]) ? { way, id: match[1], value: match[2] ?? "" } : null;
}
