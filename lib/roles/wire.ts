import type { Tree } from "../access/marks";
import { isAggregate } from "../access/registry";
import { type DraftTrees, draftMarks, draftTrees, type RoleDraft } from "./draft";

/** How a draft travels in a form: marks are ids in four lists, a third of what they would be as objects. */

type Packed = { root: boolean; types: [string, boolean][]; in: string[]; out: string[] };

/** The form field that carries the draft. */
export const DRAFT_FIELD = "draft";

/** @returns a file rather than text: what is refused is sent back with all its text, but without files. */
export function packed({ name, description, rights, marks }: RoleDraft): Blob {
  const trees = Object.entries(draftTrees({ rights, marks })).map(([right, tree]) => [right, packedTree(tree)]);
  const text = JSON.stringify({ name, description, rights, scopes: Object.fromEntries(trees) });
  return new Blob([text], { type: "application/json" });
}

const packedTree = ({ root, types, elements }: Tree): Packed => ({
  root,
  types: [...types],
  in: [...elements].flatMap(([id, included]) => (included ? [id] : [])),
  out: [...elements].flatMap(([id, included]) => (included ? [] : [id])),
});

/** @param fields of a form. @returns them with what the draft holds in place of the draft; what is no draft is left out. */
export async function unpacked(fields: unknown): Promise<unknown> {
  const { [DRAFT_FIELD]: sent, ...others } = { ...(fields as Record<string, unknown>) };
  try {
    const { scopes, ...draft } = JSON.parse(sent instanceof Blob ? await sent.text() : String(sent));
    const trees: DraftTrees = {};
    for (const [right, tree] of Object.entries(scopes ?? {}))
      if (isAggregate(right)) trees[right] = unpackedTree(tree as Packed);
    return { ...draft, ...others, marks: draftMarks(trees) };
  } catch {
    return others;
  }
}

const unpackedTree = (tree: Packed): Tree => ({
  root: tree.root,
  types: new Map(tree.types),
  elements: new Map([...tree.in.map((id) => [id, true] as const), ...tree.out.map((id) => [id, false] as const)]),
});
