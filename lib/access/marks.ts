/**
 * Marks on the tree of an aggregate right (product.md 4.6): everything, a type, an element; the nearest mark decides,
 * an unmarked root means excluded. Pure: the browser's editor, the policy and the tests use it; the database decides
 * the same in lib/access/scope.ts.
 */

/** Null type and null element: the root. The empty text as type: elements without a type. */
export type Mark = { type: string | null; elementId: string | null; included: boolean };

export type Tree = { root: boolean; types: ReadonlyMap<string, boolean>; elements: ReadonlyMap<string, boolean> };

export type Element = { id: string; type: string };

export const NOTHING: Tree = { root: false, types: new Map(), elements: new Map() };
export const EVERYTHING: Tree = { root: true, types: new Map(), elements: new Map() };

export function treeOf(marks: readonly Mark[]): Tree {
  const root = marks.find(({ type, elementId }) => type === null && elementId === null)?.included ?? false;
  const types = new Map<string, boolean>();
  const elements = new Map<string, boolean>();
  for (const { type, elementId, included } of marks) {
    // The database knows an id in any case as the same: so must whoever compares trees.
    if (elementId !== null) elements.set(elementId.toLowerCase(), included);
    else if (type !== null) types.set(type, included);
  }
  return { root, types, elements };
}

/** @returns the marks of a tree, as they are stored: the root first, then types, then elements. */
export function marksOf({ root, types, elements }: Tree): Mark[] {
  return [
    ...(root ? [{ type: null, elementId: null, included: true }] : []),
    ...[...types].map(([type, included]) => ({ type, elementId: null, included })),
    ...[...elements].map(([elementId, included]) => ({ type: null, elementId, included })),
  ];
}

/** @returns whether what carries no mark of its own and is of this type is covered; future elements too. */
export const coversType = (tree: Tree, type: string): boolean => tree.types.get(type) ?? tree.root;

/** @returns whether the element is covered: by its own mark, else that of its type, else that of the root. */
export const covers = (tree: Tree, element: Element): boolean =>
  tree.elements.get(element.id) ?? coversType(tree, element.type);

/** @returns whether nothing, present or future, is left out. */
export const isWhole = ({ root, types, elements }: Tree): boolean =>
  root && [...types.values(), ...elements.values()].every((included) => included);

/**
 * @param holders trees that are held together. @param typeOf the type that a marked element has now, undefined when it is gone.
 * @returns whether whatever `given` covers, now or later, one of the holders covers too.
 */
export function isWithin(
  given: Tree,
  holders: readonly Tree[],
  typeOf: (elementId: string) => string | undefined,
): boolean {
  if (holders.some(isWhole)) return true;
  const trees = [given, ...holders];
  const held = (covered: (tree: Tree) => boolean) => !covered(given) || holders.some(covered);
  const marked = new Set(trees.flatMap(({ elements }) => [...elements.keys()]));
  const types = new Set(trees.flatMap((tree) => [...tree.types.keys()]));
  return (
    held((tree) => tree.root) &&
    [...types].every((type) => held((tree) => coversType(tree, type))) &&
    [...marked].every((id) => {
      const type = typeOf(id);
      return type === undefined || held((tree) => covers(tree, { id, type }));
    })
  );
}
