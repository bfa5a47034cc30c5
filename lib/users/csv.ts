import { toCsv } from "../csv";
import type { UserRow } from "./queries";

/** @param nameOf names of roles by id. @returns the list as CSV; its first four columns can be imported again. */
export function usersCsv(rows: readonly UserRow[], nameOf: ReadonlyMap<string, string>): string {
  return toCsv(rows, {
    username: (row) => row.username,
    name: (row) => row.name,
    email: (row) => row.email,
    roles: (row) =>
      [...nameOf]
        .filter(([id]) => row.roleIds.includes(id))
        .map(([, name]) => name)
        .join("|"),
    state: (row) => (row.disabledAt ? "disabled" : "enabled"),
    "last sign-in": (row) => row.lastSignInAt?.toISOString() ?? "",
  });
}
