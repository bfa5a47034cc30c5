import type { GivenRole } from "../access/holdings";
import { formatEnd } from "../format";

/** A role that somebody holds, until a moment (null: without an end). */
export type HeldRole = GivenRole & { until: Date | null; reason: string };

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

/** @returns "Admin, Operator (until 27 Nov 2026, 18:00)", or "no role". */
export const rolesInWords = (roles: readonly { name: string; until: Date | null }[], timeZone: string): string =>
  namesOf(roles.map(({ name, until }) => ({ name: until ? `${name} (until ${formatEnd(until, timeZone)})` : name })));

/** @returns roles for the audit log: their names, and the ends and reasons of those that have any. */
export function rolesForLog(roles: readonly { name: string; until: Date | null; reason: string }[]) {
  const limited = roles.filter(({ until, reason }) => until || reason);
  const ends = Object.fromEntries(limited.map(({ name, until, reason }) => [name, { until, reason }]));
  return { roles: roles.map(({ name }) => name), ...(limited.length > 0 && { ends }) };
}

/** @returns whether the second end lets somebody hold a role longer than the first: null is no end. */
export const isLonger = (before: Date | null, after: Date | null): boolean =>
  before !== null && (after === null || after > before);

/** @returns the sentence that tells the second of two editors what the first has stored. */
export const changedMeanwhile = (username: string, stored: string): string =>
  `${username} was changed by somebody else meanwhile. Stored now: ${stored}. Your choice is kept here; save again to store it.`;
