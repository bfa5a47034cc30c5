/**
 * The same value with every string fit for a database: without NUL, which PostgreSQL refuses in text, and without halves of
 * surrogate pairs, which it refuses in JSON and which cutting a text may leave.
 */
export function storable<T>(value: T): T {
  return wellFormed(value) as T;
}

function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "").toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)]));
}
