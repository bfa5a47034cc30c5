import { coversType, isWhole, type Tree } from "../access/marks";
import { exceptionsOf, type TypeOf, typeExtent } from "./marking";

/** How the choice of an aggregate right is told to people. Pure. */

export type TypeName = { type: string; name: string };
/** An element as far as a summary needs it. */
export type NamedElement = { id: string; type: string; name: string; detail: string };
/** What is chosen of one type: all of it but those named, or nothing but those named. */
export type Part = { type: string; all: boolean; names: string[] };
/** `whole`: nothing is left out. `allOthers`: what no part speaks of is covered. */
export type Wording = { whole: boolean; parts: Part[]; allOthers: boolean };

/** @returns what stands behind the right's label: "(all)", "(all except 3)", the number of selected types "(2)", or "(none)". */
export function countLabel(tree: Tree, typeOf: TypeOf): string {
  if (isWhole(tree)) return "(all)";
  const exceptions = exceptionsOf(tree, typeOf);
  if (tree.root) {
    const excludedTypes = [...tree.types.values()].filter((included) => !included).length;
    const excluded = [...tree.elements].filter(([id, included]) => !included && coversType(tree, typeOf(id) ?? ""));
    return `(all except ${excludedTypes + excluded.length})`;
  }
  const touched = new Set([...tree.types.keys(), ...exceptions.keys()]);
  const selected = [...touched].filter((type) => typeExtent(tree, type, exceptions) !== "none").length;
  return selected === 0 ? "(none)" : `(${selected})`;
}

// Made once: comparing 20,000 names with a new one each time takes seconds.
const byName = new Intl.Collator("en", { numeric: true }).compare;

/** @returns the choice spelled out by type, in the order of `types`; elements by name. */
export function spelledOut(
  tree: Tree,
  types: readonly TypeName[],
  elementOf: (id: string) => NamedElement | undefined,
): Wording {
  const marked = new Map<string, NamedElement[]>();
  for (const [id, included] of tree.elements) {
    const element = elementOf(id);
    if (!element || included === coversType(tree, element.type)) continue;
    const others = marked.get(element.type);
    if (others) others.push(element);
    else marked.set(element.type, [element]);
  }
  const parts = types.flatMap(({ type, name }): Part[] => {
    const [all, names] = [coversType(tree, type), distinctNames(marked.get(type) ?? [])];
    return all === tree.root && names.length === 0 ? [] : [{ type: name, all, names }];
  });
  return { whole: tree.root && parts.length === 0, parts, allOthers: tree.root };
}

/** Sorted; of two with one name each says what else is known of it. */
function distinctNames(elements: readonly NamedElement[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of elements) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = elements.map(({ name, detail }) => (counts.get(name) === 1 || !detail ? name : `${name} (${detail})`));
  return names.sort(byName);
}

/** @returns what stands after the type's name: "all", "none", "all except " before names, or nothing before names. */
export function partStart({ all, names }: Part): string {
  if (names.length === 0) return all ? "all" : "none";
  return all ? "all except " : "";
}

/** @param shown at most so many names of each type. @returns "(all)", or "Server: all except SRV-07; NAS: NAS-01, NAS-02". */
export function sentenceOf({ whole, parts, allOthers }: Wording, shown = Number.POSITIVE_INFINITY): string {
  if (whole) return "(all)";
  if (parts.length === 0) return "(none)";
  const told = parts.map((part) => {
    const more = part.names.length > shown ? `, and ${part.names.length - shown} more` : "";
    return `${part.type}: ${partStart(part)}${part.names.slice(0, shown).join(", ")}${more}`;
  });
  return [...told, ...(allOthers ? ["everything else: all"] : [])].join("; ");
}
