import "server-only";
import { notFound } from "next/navigation";
import { can } from "../access/can";
import { requireRight } from "../access/guard";
import { holdingsOf, type RoleHolding, typesOf } from "../access/holdings";
import { type AggregateRight, isAggregate, type Right, rights } from "../access/registry";
import { db } from "../db";
import { isId } from "../ids";
import type { RoleDraft } from "../roles/draft";
import { type Differences, differences } from "./compare";
import { type Question, type Why, why } from "./explain";
import { holdersAbout } from "./holders";
import { type Impact, impactOf } from "./impact";
import { type Person, personOf } from "./people";
import { chainOf, type FoundRow, searchRows } from "./rows";
import { spellFor } from "./scopes";

export type HeldRight = { right: Right; label: string; scope: string };
export type HeldArea = { area: string; rights: HeldRight[] };
/** What a user may in each role held now. */
export type Insight = Person & { held: { id: string; name: string; areas: HeldArea[] }[] };

/** @returns what the user may do. Stops with 404 for nobody. */
export async function getInsight(userId: string): Promise<Insight> {
  const access = await requireRight("users.manage");
  const person = isId(userId) ? await personOf(db(), access, userId) : null;
  if (!person) notFound();
  const holdings = await holdingsOf(db(), heldIds(person));
  const spell = await spellFor(db(), access, holdings);
  const scopeOf = (role: RoleHolding, right: Right) => (isAggregate(right) ? spell(role, right) : "");
  const held = holdings.map((role) => ({
    id: role.id,
    name: role.name,
    areas: byArea([...role.rights].map((right) => ({ right, scope: scopeOf(role, right) }))),
  }));
  return { ...person, held };
}

const heldIds = (person: Person): string[] => person.roles.flatMap(({ id, isHeld }) => (isHeld ? id : []));

/** @returns the rights in the registry's order, under its areas. */
function byArea(held: readonly { right: Right; scope: string }[]): HeldArea[] {
  const areas = new Map<string, HeldRight[]>();
  for (const { right, area, label } of rights) {
    const found = held.find((one) => one.right === right);
    if (found) areas.set(area, [...(areas.get(area) ?? []), { right, label, scope: found.scope }]);
  }
  return [...areas].map(([area, held]) => ({ area, rights: held }));
}

/** The asked row's name, and the answer; `answer` is null when the row is not there for who asks. */
export type Answered = { rowName: string; answer: Why | null };

/** @param elementId a row of an aggregate right, or "" for the right as such. @returns why the user may or may not. */
export async function whyMay(userId: string, right: Right, elementId: string): Promise<Answered> {
  const access = await requireRight("users.manage");
  const person = isId(userId) ? await personOf(db(), access, userId) : null;
  if (!person) notFound();
  const chain = await questionsOf(right, elementId, (of, id) => chainOf(db(), access, of, id));
  if (!chain) return { rowName: "", answer: null };
  const ids = heldIds(person);
  const all = await holdersAbout(db(), chain);
  // Without a row the sentence says how far the right goes, for which all marks count.
  const own = elementId ? all.filter(({ id }) => ids.includes(id)) : await holdingsOf(db(), ids);
  const others = all.filter(({ id }) => !ids.includes(id));
  return { rowName: chain[0]?.row?.name ?? "", answer: why(person.username, own, others, chain) };
}

async function questionsOf(
  right: Right,
  elementId: string,
  find: (right: AggregateRight, id: string) => Promise<Question[] | null>,
): Promise<Question[] | null> {
  if (!elementId) return [{ right }];
  return isAggregate(right) && isId(elementId) ? find(right, elementId) : null;
}

/** @returns rows that one may ask about, among those that who asks covers. */
export async function findRows(right: string, search: string): Promise<FoundRow[]> {
  const access = await requireRight("users.manage");
  return isAggregate(right) ? searchRows(db(), access, right, search.slice(0, 200).replaceAll("\0", "")) : [];
}

export type Comparison = Differences & Record<"a" | "b", { id: string; name: string }>;

/** @returns how the two roles differ, as far as who looks may know; null when one of them is gone. */
export async function compareRoles(idOfA: string, idOfB: string): Promise<Comparison | null> {
  const access = await requireRight("roles.manage");
  if (!isId(idOfA) || !isId(idOfB)) return null;
  const holdings = await holdingsOf(db(), [idOfA, idOfB]);
  const [a, b] = [idOfA, idOfB].map((id) => holdings.find((role) => role.id === id));
  if (!a || !b) return null;
  const [typeOf, spell] = await Promise.all([typesOf(db(), holdings), spellFor(db(), access, holdings)]);
  const found = differences(a, b, { typeOf, spell, isTold: (right) => can(access, right) });
  return { ...found, a: { id: a.id, name: a.name }, b: { id: b.id, name: b.name } };
}

/** @param roleId null for a role that is not created yet. @returns what storing the draft would change; null when the role is gone. */
export async function getImpact(
  roleId: string | null,
  draft: Pick<RoleDraft, "rights" | "marks">,
): Promise<Impact | null> {
  const access = await requireRight("roles.manage");
  return impactOf(db(), access, roleId, draft);
}
