import { beyond } from "../access/policy";
import type { Right } from "../access/registry";

export type RoleRights = { id: string; name: string; rights: ReadonlySet<Right>; isAdmin: boolean };

/** @returns the rights of several roles together. */
export const unionOf = (roles: readonly RoleRights[]): Set<Right> => new Set(roles.flatMap((role) => [...role.rights]));

/**
 * Nobody grants what they lack, and nobody reaches into the account of somebody stronger (product.md 4.7).
 * @returns why it is refused, for the audit log, or null.
 */
export function exceeds(actor: ReadonlySet<Right>, roles: readonly RoleRights[]): string | null {
  const lacking = beyond(actor, unionOf(roles));
  return lacking.length > 0 ? `exceeds the own rights: ${lacking.join(", ")}` : null;
}

/** @returns "Admin, Operator", or "no role". */
export const namesOf = (roles: readonly { name: string }[]): string =>
  roles.map(({ name }) => name).join(", ") || "no role";

/** @returns the sentence that tells the second of two editors what the first has stored. */
export const changedMeanwhile = (username: string, stored: string): string =>
  `${username} was changed by somebody else meanwhile. Stored now: ${stored}. Your choice is kept here; save again to store it.`;
