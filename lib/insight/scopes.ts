import "server-only";
import type { Access } from "../access/can";
import { holdingsOf } from "../access/holdings";
import { coversType, EVERYTHING, NOTHING, type Tree } from "../access/marks";
import type { Holding } from "../access/policy";
import { type AggregateRight, aggregates } from "../access/registry";
import type { Executor } from "../db";
import { elementsWith, typeNames } from "../roles/elements";
import { type NamedElement, sentenceOf, spelledOut, type TypeName } from "../roles/wording";

/** What is known of the elements of one aggregate right, as far as who looks may know it. */
type Known = { types: TypeName[]; elements: Map<string, NamedElement>; hidden: Map<string, string> };
/** Tells what a holding covers of an aggregate right: "Server: all except SRV-07". */
export type Spell = (holding: Holding, right: AggregateRight) => string;

const NAMES_SHOWN = 8;

/** Names types and elements only as far as who looks covers them; the rest are "others", without a number. */
export async function spellFor(executor: Executor, access: Access, holdings: readonly Holding[]): Promise<Spell> {
  const own = await ownTrees(executor, access);
  const known = new Map<AggregateRight, Known>();
  for (const { right } of aggregates) known.set(right, await knownOf(executor, access, right, own(right), holdings));
  return (holding, right) => {
    const { types, elements, hidden } = known.get(right) ?? { types: [], elements: new Map(), hidden: new Map() };
    const tree = treeIn(holding, right);
    const wording = spelledOut(tree, types, (id) => elements.get(id));
    return withOthers(sentenceOf(wording, NAMES_SHOWN), wording.whole, hasOthers(tree, types, hidden));
  };
}

/** @returns the trees of who looks: for each set of roles of which one must cover, what its roles hold. */
async function ownTrees(executor: Executor, { grants }: Access): Promise<(right: AggregateRight) => Tree[][]> {
  const all = await holdingsOf(executor, [...new Set(grants.flat().map(({ id }) => id))]);
  return (right) =>
    grants.map((roles) =>
      all
        .filter(({ id, rights }) => rights.has(right) && roles.some((role) => role.id === id))
        .map((one) => treeIn(one, right)),
    );
}

async function knownOf(
  executor: Executor,
  access: Access,
  right: AggregateRight,
  own: Tree[][],
  holdings: readonly Holding[],
): Promise<Known> {
  const ids = [...new Set(holdings.flatMap(({ trees }) => [...(trees[right]?.elements.keys() ?? [])]))];
  const seen = await elementsWith(executor, right, ids, access);
  const elements = new Map(seen.map((element) => [element.id, element]));
  const unseen = await elementsWith(
    executor,
    right,
    ids.filter((id) => !elements.has(id)),
  );
  const covers = (type: string) => own.every((trees) => trees.some((tree) => coversType(tree, type)));
  const named = new Set(seen.map(({ type }) => type));
  const untyped = aggregates.find((entry) => entry.right === right)?.aggregate.untyped ?? "";
  const types = (await typeNames(executor, right))
    .filter(({ type }) => covers(type) || named.has(type))
    .map(({ type, name }) => ({ type, name: type === "" ? untyped : name }));
  return { types, elements, hidden: new Map(unseen.map(({ id, type }) => [id, type])) };
}

/** Whether the tree says something of its own about what who looks may not see. */
function hasOthers(tree: Tree, types: TypeName[], hidden: Map<string, string>): boolean {
  const isShown = (type: string) => types.some((one) => one.type === type);
  return (
    [...tree.types].some(([type, included]) => included !== tree.root && !isShown(type)) ||
    [...hidden].some(([id, type]) => (tree.elements.get(id) ?? coversType(tree, type)) !== coversType(tree, type))
  );
}

function withOthers(sentence: string, whole: boolean, others: boolean): string {
  if (!others) return sentence;
  if (whole) return "(all, except some that your role does not cover)";
  return sentence === "(none)"
    ? "(some that your role does not cover)"
    : `${sentence}; others that your role does not cover`;
}

const treeIn = ({ everything, trees }: Holding, right: AggregateRight): Tree =>
  everything ? EVERYTHING : (trees[right] ?? NOTHING);
