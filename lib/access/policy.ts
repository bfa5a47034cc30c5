import type { Access, Grant } from "./can";
import { EVERYTHING, isWithin, NOTHING, type Tree } from "./marks";
import { type AggregateRight, allRights, isAggregate, type Right } from "./registry";

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

/** Which kind of mark a role has, as the database lists them. */
export type KindOfMark = { right: string; place: "root" | "type" | "element_id"; included: boolean };

type StoredRole = { id: string; name: string; builtIn: string | null; rights: readonly string[] };

/** @returns what one role gives to whoever acts in it. */
export function grantOf(role: StoredRole, marks: readonly KindOfMark[]): Grant {
  const shapes: Grant["shapes"] = {};
  for (const { right, place, included } of marks) {
    if (!isAggregate(right)) continue;
    const { root, places } = shapes[right] ?? { root: false, places: [] };
    shapes[right] =
      place === "root" ? { root: included, places } : { root, places: [...places, `${place} ${included}` as const] };
  }
  return { id: role.id, name: role.name, rights: rightsOf(role), everything: isAdmin(role), shapes };
}

/** @returns what a role of each of the sets holds. */
export function rightsOfAll(sets: Access["grants"]): Set<Right> {
  const [first, ...others] = sets.map((roles) => new Set(roles.flatMap((role) => [...role.rights])));
  return new Set([...(first ?? [])].filter((right) => others.every((set) => set.has(right))));
}

export const mayPreview = (role: Grant): boolean => role.rights.has("roles.manage");

/** All that a role holds: rights, and for aggregate rights the marks. `everything`: whatever there is and will be. */
export type Holding = {
  rights: ReadonlySet<Right>;
  everything: boolean;
  trees: Partial<Record<AggregateRight, Tree>>;
};

/**
 * Nobody grants what they do not have (product.md 4.7).
 * @param held what the actor holds, in all roles acted in. @param given what somebody would hold.
 * @param typeOf the type that a marked element has now, undefined when it is gone.
 * @returns the rights that the actor lacks of those given, or holds for fewer elements.
 */
export function beyond(
  held: readonly Holding[],
  given: Holding,
  typeOf: (elementId: string) => string | undefined,
): Right[] {
  if (held.some(({ everything }) => everything)) return [];
  // It will also hold what later versions bring, which no list of rights does.
  if (given.everything) return allRights();
  return allRights().filter((right) => {
    if (!given.rights.has(right)) return false;
    const holders = held.filter(({ rights }) => rights.has(right));
    if (holders.length === 0) return true;
    return (
      isAggregate(right) &&
      !isWithin(
        treeIn(given, right),
        holders.map((one) => treeIn(one, right)),
        typeOf,
      )
    );
  });
}

/** @returns what of the elements is held, with the right that they belong to. */
export const treeIn = ({ everything, trees }: Holding, right: AggregateRight): Tree =>
  everything ? EVERYTHING : (trees[right] ?? NOTHING);
