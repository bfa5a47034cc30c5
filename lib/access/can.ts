import type { DayMode } from "../days/rules";
import type { AggregateRight, Gate, Right } from "./registry";

export type ActiveRole = { id: string; name: string };

/** Which marks a role has for an aggregate right, beside that of the root: a predicate asks only for these. */
export type Shape = { root: boolean; places: readonly `${"type" | "element_id"} ${boolean}`[] };

/** What one role gives. `everything`: every element of every aggregate right, whatever is marked. */
export type Grant = ActiveRole & {
  rights: ReadonlySet<Right>;
  everything: boolean;
  shapes: Partial<Record<AggregateRight, Shape>>;
};

/** What one session may do, read from the database for every request. */
export type Access = {
  sessionId: string;
  userId: string;
  username: string;
  /** All assigned roles in role order (position, then name), each with what it would allow. */
  roles: Grant[];
  /** The roles acted in, normally one; empty when the person has no role. */
  active: ActiveRole[];
  /** The role that the session only looks at the product as: it sees what both may see, and changes nothing. */
  preview: ActiveRole | null;
  /** A row is covered when a role of each of these sets covers it: the roles acted in, and in a preview the role looked at too. */
  grants: [Grant[], ...Grant[][]];
  /** What the roles of each of the sets hold. */
  rights: ReadonlySet<Right>;
  mustChangePassword: boolean;
  account: { name: string; timeZone: string; passwordMinimumLength: number; dayStatus: DayMode };
};

/** The one question. @returns whether the active role holds the right. */
export function can(access: Access, right: Right): boolean {
  return access.rights.has(right);
}

/** @returns whether a page or action behind this gate is open. Without a role, nothing but the public is. */
export function passes(access: Access, gate: Gate): boolean {
  if (gate === "public") return true;
  return gate === "signed-in" ? access.active.length > 0 : can(access, gate);
}

/** @returns the names of the roles acted in, for people: "Operator". */
export const actingAs = (access: Access): string => access.active.map((role) => role.name).join(" + ");

/** @returns what a form carries to say in which role its page was rendered. */
export const actingKey = ({ active, preview }: Access): string =>
  [...active, ...(preview ? [preview] : [])].map((role) => role.id).join(" ");
