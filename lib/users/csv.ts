import { toCsv } from "../csv";
import type { UserRow } from "./queries";

/** @param nameOf names of roles by id. @returns the list as CSV; its first four columns can be imported again. */
export function usersCsv(rows: readonly UserRow[], nameOf: ReadonlyMap<string, string>): string {
  return toCsv(rows, {
    username: (row) => row.username,
    name: (row) => row.name,
    email: (row) => row.email,
    roles: (row) =>
      heldIn(row, nameOf)
        .map(({ name }) => name)
        .join("|"),
    until: (row) =>
      heldIn(row, nameOf)
        .flatMap(({ name, until }) => (until ? `${name}: ${until.toISOString()}` : []))
        .join("|"),
    state: (row) => (row.disabledAt ? "disabled" : "enabled"),
    "last sign-in": (row) => row.lastSignInAt?.toISOString() ?? "",
  });
}

const heldIn = ({ assigned }: UserRow, nameOf: ReadonlyMap<string, string>) =>
  [...nameOf].flatMap(([id, name]) => {
    const held = assigned.find(({ roleId, isHeld }) => isHeld && roleId === id);
    return held ? [{ name, until: held.until }] : [];
  });
