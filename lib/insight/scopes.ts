import "server-only";
import { type Access, can } from "../access/can";
import { holdingsOf } from "../access/holdings";
import { coversType, type Tree } from "../access/marks";
import { type Holding, treeIn } from "../access/policy";
import { type AggregateRight, aggregates } from "../access/registry";
import type { Executor } from "../db";
import { elementsWith, typeNames } from "../roles/elements";
import { type NamedElement, sentenceOf, spelledOut, type TypeName } from "../roles/wording";

/** What is known of the elements of one aggregate right, as far as who looks may know it. */
type Known = {
  types: TypeName[];
  elements: Map<string, NamedElement>;
  /** Types that are there, but not for who looks. */
  hiddenTypes: ReadonlySet<string>;
  /** Elements that are there, but not for who looks, with their types. */
  hidden: ReadonlyMap<string, string>;
};
/** Tells what a holding covers of an aggregate right: "Server: all except SRV-07". */
export type Spell = (holding: Holding, right: AggregateRight) => string;

const NAMES_SHOWN = 8;

/** Names types and elements only as far as who looks covers them; the rest are "others", without a number. */
export async function spellFor(executor: Executor, access: Access, holdings: readonly Holding[]): Promise<Spell> {
  const own = await ownTrees(executor, access);
  const known = new Map<AggregateRight, Known>();
  for (const { right } of aggregates) known.set(right, await knownOf(executor, access, right, own(right), holdings));
  return (holding, right) => {
    if (!can(access, right)) return "(not told: your own role does not hold this right)";
    const about = known.get(right);
    const tree = treeIn(holding, right);
    const wording = spelledOut(tree, about?.types ?? [], (id) => about?.elements.get(id));
    return withOthers(sentenceOf(wording, NAMES_SHOWN), wording.whole, about !== undefined && hasOthers(tree, about));
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
  const ids = markedIn(holdings, right);
  const seen = await elementsWith(executor, right, ids, access);
  const elements = new Map(seen.map((element) => [element.id, element]));
  const unseen = await elementsWith(
    executor,
    right,
    ids.filter((id) => !elements.has(id)),
  );
  const covers = (type: string) => own.every((trees) => trees.some((tree) => coversType(tree, type)));
  const named = new Set(seen.map(({ type }) => type));
  const all = await typeNames(executor, right);
  const isShown = ({ type }: TypeName) => covers(type) || named.has(type);
  return {
    types: all.filter(isShown),
    elements,
    hiddenTypes: new Set(all.filter((one) => !isShown(one)).map(({ type }) => type)),
    hidden: new Map(unseen.map(({ id, type }) => [id, type])),
  };
}

/** Whether the tree says something of its own about what who looks may not see. */
function hasOthers(tree: Tree, { hiddenTypes, hidden }: Known): boolean {
  return (
    [...tree.types].some(([type, included]) => included !== tree.root && hiddenTypes.has(type)) ||
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

const markedIn = (holdings: readonly Holding[], right: AggregateRight): string[] => [
  ...new Set(holdings.flatMap(({ trees }) => [...(trees[right]?.elements.keys() ?? [])])),
];
