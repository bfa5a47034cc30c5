import { coversType, type Element, EVERYTHING, isWhole, NOTHING, type Tree } from "../access/marks";

/** What clicks in the panel of an aggregate right do to its tree. Pure; marks that say nothing new are dropped. */

/** How much of what stands behind a checkbox is covered, future elements included. */
export type Extent = "all" | "some" | "none";
/** @returns the type of an element that carries a mark, undefined when nothing is known of it. */
export type TypeOf = (elementId: string) => string | undefined;

export function rootExtent(tree: Tree): Extent {
  if (isWhole(tree)) return "all";
  const { root, types, elements } = tree;
  return root || [...types.values(), ...elements.values()].some((included) => included) ? "some" : "none";
}

/** @returns for each type how many of its elements are marked otherwise than the type itself. */
export function exceptionsOf(tree: Tree, typeOf: TypeOf): Map<string, number> {
  const exceptions = new Map<string, number>();
  for (const [id, included] of tree.elements) {
    const type = typeOf(id);
    if (type !== undefined && included !== coversType(tree, type))
      exceptions.set(type, (exceptions.get(type) ?? 0) + 1);
  }
  return exceptions;
}

/** @param exceptions what `exceptionsOf` says of this tree. */
export function typeExtent(tree: Tree, type: string, exceptions: ReadonlyMap<string, number>): Extent {
  if (exceptions.has(type)) return "some";
  return coversType(tree, type) ? "all" : "none";
}

/** Everything, also what comes later; or nothing, when it was everything already. */
export const rootToggled = (tree: Tree): Tree => (isWhole(tree) ? NOTHING : EVERYTHING);

/** The whole type, also what comes later; or nothing of it, when it was the whole already. */
export function typeToggled(tree: Tree, type: string, typeOf: TypeOf): Tree {
  const isAll = typeExtent(tree, type, exceptionsOf(tree, typeOf)) === "all";
  const elements = new Map([...tree.elements].filter(([id]) => typeOf(id) !== type));
  return { ...tree, types: marked(tree.types, type, !isAll, tree.root), elements };
}

/** One element turned over. */
export const elementToggled = (tree: Tree, element: Element): Tree =>
  withElements(tree, [element], !(tree.elements.get(element.id) ?? coversType(tree, element.type)));

/** @returns the tree with exactly these elements included or excluded, and all others as they were. */
export function withElements(tree: Tree, chosen: readonly Element[], included: boolean): Tree {
  const elements = new Map(tree.elements);
  for (const { id, type } of chosen) {
    if (coversType(tree, type) === included) elements.delete(id);
    else elements.set(id, included);
  }
  return { ...tree, elements };
}

function marked(marks: ReadonlyMap<string, boolean>, place: string, included: boolean, above: boolean) {
  const next = new Map(marks);
  if (included === above) next.delete(place);
  else next.set(place, included);
  return next;
}
