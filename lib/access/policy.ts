import { allRights, type Right } from "./registry";

/**
 * @param stored the rights column of a role. @param builtIn its built-in key.
 * @returns what the role holds: Admin everything that exists now, others what is stored and still exists.
 */
export function rightsOf(role: { builtIn: string | null; rights: readonly string[] }): Set<Right> {
  const all = allRights();
  if (isAdmin(role)) return new Set(all);
  const stored = new Set(role.rights);
  return new Set(all.filter((right) => stored.has(right)));
}

/** @returns whether this is the role of which at least one enabled holder must remain (product.md 4.8). */
export const isAdmin = (role: { builtIn: string | null }): boolean => role.builtIn === "admin";

/**
 * Which of the assigned roles a session acts in (product.md 4.3): those it chose and still has, else the first that remains.
 * @param assigned in role order. @param chosen role ids of the session.
 */
export function actingRoles<R extends { id: string }>(assigned: readonly R[], chosen: readonly string[]): R[] {
  const kept = assigned.filter((role) => chosen.includes(role.id));
  return kept.length > 0 ? kept : assigned.slice(0, 1);
}

/** Nobody grants what they do not have (4.7). @returns the rights that the actor lacks of those to be given. */
export function beyond(actor: ReadonlySet<Right>, given: Iterable<Right>): Right[] {
  return [...given].filter((right) => !actor.has(right));
}
