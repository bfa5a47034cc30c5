import type { RoleHolding } from "../access/holdings";
import { coversType, type Element, isWhole, NOTHING, type Tree } from "../access/marks";
import { isAggregate, type Right } from "../access/registry";
import { listed, rightInWords } from "./words";

/** Why a role may or may not: the same decision as `covers`, with the rule that decides it. Pure: for both sides. */

/** A row that a question is about, and what its type is called. */
export type Row = Element & { name: string; typeName: string };
/** What is asked: a right, and for rights over rows perhaps one of them. */
export type Question = { right: Right; row?: Row };
export type Verdict = { role: string; allowed: boolean; sentences: string[] };
export type Why = { allowed: boolean; headline: string; verdicts: Verdict[]; elsewhere: string };

type Holder = Pick<RoleHolding, "name" | "rights" | "everything" | "trees">;

/**
 * @param username whose roles `own` are. @param account roles that others have.
 * @param chain all that must be allowed by one and the same role: for a job the job, then its customer.
 */
export function why(username: string, own: Holder[], account: Holder[], chain: Question[]): Why {
  const verdicts = own.map((role) => explain(role, chain));
  const allowing = verdicts.filter(({ allowed }) => allowed).map(({ role }) => role);
  return {
    allowed: allowing.length > 0,
    headline: allowing.length > 0 ? `${username} may, as ${listed(allowing)}.` : `${username} may not.`,
    verdicts,
    elsewhere: elsewhere(account.filter((role) => explain(role, chain).allowed).map(({ name }) => name)),
  };
}

const elsewhere = (names: string[]): string =>
  names.length === 0
    ? "No other role of this account would allow it."
    : `Other roles that would allow it: ${names.join(", ")}.`;

/** @returns what one role says to all of the chain. */
export function explain(role: Holder, chain: readonly Question[]): Verdict {
  const links = chain.map((question) => answer(role, question));
  return {
    role: role.name,
    allowed: links.every(({ allowed }) => allowed),
    sentences: [...new Set(links.map(({ sentence }) => sentence))],
  };
}

type Link = { allowed: boolean; sentence: string };

function answer(role: Holder, { right, row }: Question): Link {
  if (role.everything) return { allowed: true, sentence: `${role.name} holds every right, for everything there is.` };
  if (!role.rights.has(right)) return { allowed: false, sentence: `${lacks(role.name, right)}.` };
  const holds = `${role.name} holds ${rightInWords(right)}`;
  if (!isAggregate(right)) return { allowed: true, sentence: `${holds}.` };
  const tree = role.trees[right] ?? NOTHING;
  if (!row) return { allowed: true, sentence: `${holds} ${extent(tree)}.` };
  const { included, rule } = deciding(tree, row);
  return { allowed: included, sentence: `${holds}, ${included ? "and" : "but"} ${rule}.` };
}

/** @returns 'Viewer does not hold the right "Manage jobs" (jobs.manage)'. */
export const lacks = (role: string, right: Right): string => `${role} does not hold ${rightInWords(right)}`;

function extent(tree: Tree): string {
  if (isWhole(tree)) return "for all, also future ones";
  const included = [...tree.types.values(), ...tree.elements.values()].includes(true);
  return tree.root || included ? "for some: choose one to see what decides" : "but for nothing: nothing is chosen";
}

/** The nearest mark decides (product.md 4.6): the element's own, else its type's, else the root's. */
function deciding(tree: Tree, row: Row): { included: boolean; rule: string } {
  const own = tree.elements.get(row.id);
  if (own !== undefined) return { included: own, rule: `${row.name} is ${marked(own)} by a mark of its own` };
  const included = coversType(tree, row.type);
  if (tree.types.has(row.type))
    return { included, rule: `${row.name} is ${marked(included)} by the mark on "${row.typeName}"` };
  if (included) return { included, rule: `${row.name} is included by the mark on everything` };
  return { included, rule: `${row.name} is not included: neither it, nor "${row.typeName}", nor everything is marked` };
}

const marked = (included: boolean): string => (included ? "included" : "excluded");

/**
 * What stands on a refused page. @param active the names of the roles acted in. @param others names of the person's other roles that hold it.
 */
export function refusal(active: readonly string[], right: Right, others: readonly string[]): string {
  const acting = listed(active);
  if (others.length === 0) return `${lacks(acting, right)}.`;
  const [own, does] = others.length === 1 ? ["role", "does"] : ["roles", "do"];
  return `${lacks(acting, right)}; your ${own} ${listed(others)} ${does}.`;
}
