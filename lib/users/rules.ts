import type { Right } from "../access/registry";

/** A role as the actor sees it. `lacking`: rights of it that the actor lacks, or holds for fewer elements. */
export type GivenRole = { id: string; name: string; isAdmin: boolean; lacking: readonly Right[] };

/**
 * Nobody grants what they lack, and nobody reaches into the account of somebody stronger (product.md 4.7).
 * @returns why it is refused, for the audit log, or null.
 */
export function exceeds(roles: readonly GivenRole[]): string | null {
  const lacking = new Set(roles.flatMap((role) => role.lacking));
  return lacking.size > 0 ? `exceeds the own rights: ${[...lacking].join(", ")}` : null;
}

/** @returns "Admin, Operator", or "no role". */
export const namesOf = (roles: readonly { name: string }[]): string =>
  roles.map(({ name }) => name).join(", ") || "no role";

/** @returns the sentence that tells the second of two editors what the first has stored. */
export const changedMeanwhile = (username: string, stored: string): string =>
  `${username} was changed by somebody else meanwhile. Stored now: ${stored}. Your choice is kept here; save again to store it.`;
