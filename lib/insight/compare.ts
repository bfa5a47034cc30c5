import type { RoleHolding } from "../access/holdings";
import { isWithin, type Tree } from "../access/marks";
import { type Holding, treeIn } from "../access/policy";
import { type AggregateRight, isAggregate, type Right, rights } from "../access/registry";

/** Two roles beside each other. Pure. */

/** `a` and `b` say what of the elements each covers; empty for rights that are not about elements, null where it is not held. */
export type ComparedRight = { right: Right; label: string; a: string | null; b: string | null };
/** `different`: held by both, for other elements. */
export type Differences = Record<"onlyA" | "onlyB" | "different" | "same", ComparedRight[]>;

type Options = {
  /** The type that a marked element has now, undefined when it is gone. */
  typeOf: (elementId: string) => string | undefined;
  spell: (holding: Holding, right: AggregateRight) => string;
  /** Whether who looks may know how far the right goes. */
  isTold: (right: AggregateRight) => boolean;
};

/** @returns every right that one of the two holds, in the registry's order. */
export function differences(a: RoleHolding, b: RoleHolding, { typeOf, spell, isTold }: Options): Differences {
  const found: Differences = { onlyA: [], onlyB: [], different: [], same: [] };
  for (const { right, label } of rights) {
    const say = (role: Holding) => {
      if (!role.rights.has(right)) return null;
      return isAggregate(right) ? spell(role, right) : "";
    };
    const compared = { right, label, a: say(a), b: say(b) };
    if (compared.a === null && compared.b === null) continue;
    if (compared.b === null) found.onlyA.push(compared);
    else if (compared.a === null) found.onlyB.push(compared);
    else if (isAggregate(right) && isTold(right) && !coverTheSame(treeIn(a, right), treeIn(b, right), typeOf))
      found.different.push(compared);
    else found.same.push(compared);
  }
  return found;
}

const coverTheSame = (a: Tree, b: Tree, typeOf: Options["typeOf"]): boolean =>
  isWithin(a, [b], typeOf) && isWithin(b, [a], typeOf);
