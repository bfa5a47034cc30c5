import type { Gate, Right } from "./registry";

export type ActiveRole = { id: string; name: string };

/** What one session may do, read from the database for every request. */
export type Access = {
  sessionId: string;
  userId: string;
  username: string;
  /** All assigned roles in role order (position, then name), each with what it would allow. */
  roles: (ActiveRole & { rights: ReadonlySet<Right> })[];
  /** The roles acted in, normally one; empty when the person has no role. */
  active: ActiveRole[];
  rights: ReadonlySet<Right>;
  mustChangePassword: boolean;
  account: { name: string; timeZone: string; passwordMinimumLength: number };
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
export const actingKey = (access: Access): string => access.active.map((role) => role.id).join(" ");
