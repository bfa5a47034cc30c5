import type { Tree } from "../access/marks";
import { type AggregateRight, isAggregate, type Right, rights } from "../access/registry";
import { draftTrees, type RoleDraft } from "./draft";

/** How two versions of a role differ. Pure. */

/** @returns whether storing the one in place of the other would change nothing. */
export function sameDraft(a: RoleDraft, b: RoleDraft): boolean {
  const [treesOfA, treesOfB] = [draftTrees(a), draftTrees(b)];
  return (
    a.name.trim() === b.name.trim() &&
    a.description.trim() === b.description.trim() &&
    a.rights.length === b.rights.length &&
    a.rights.every((right) => b.rights.includes(right)) &&
    a.rights.filter(isAggregate).every((right) => sameTree(treesOfA[right], treesOfB[right]))
  );
}

function sameTree(a?: Tree, b?: Tree): boolean {
  if (!a || !b) return a === b;
  return a.root === b.root && sameMarks(a.types, b.types) && sameMarks(a.elements, b.elements);
}

const sameMarks = (a: ReadonlyMap<string, boolean>, b: ReadonlyMap<string, boolean>): boolean =>
  a.size === b.size && [...a].every(([place, included]) => b.get(place) === included);

/** One line of a role's list; two roles agree in a line when they have the same text under its key. */
export type Line = { key: string; text: string };

/** @param spell tells what an aggregate right covers. @returns the whole role, line by line. */
export const linesOf = (draft: RoleDraft, spell: (right: AggregateRight, tree: Tree) => string): Line[] => [
  { key: "name", text: `Name: ${draft.name.trim()}` },
  { key: "description", text: `Description: ${draft.description.trim() || "none"}` },
  ...rightLines(draft, spell),
];

/** @returns a line for each checked right, in the registry's order. */
export function rightLines(
  draft: Pick<RoleDraft, "rights" | "marks">,
  spell: (right: AggregateRight, tree: Tree) => string,
): Line[] {
  const trees = draftTrees(draft);
  const scope = (right: Right) => {
    const told = isAggregate(right) && trees[right] ? spell(right, trees[right]) : "";
    return told === "" || told.startsWith("(") ? ` ${told}`.trimEnd() : `: ${told}`;
  };
  return rights
    .filter(({ right }) => draft.rights.includes(right))
    .map(({ right, label }) => ({ key: right, text: `${label}${scope(right)}` }));
}

/** @returns the lines that the other list does not have so. */
export const differing = (lines: readonly Line[], others: readonly Line[]): Line[] =>
  lines.filter(({ key, text }) => !others.some((other) => other.key === key && other.text === text));
