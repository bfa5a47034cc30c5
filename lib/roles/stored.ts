import "server-only";
import { eq } from "drizzle-orm";
import type { Access } from "../access/can";
import { treesOf } from "../access/holdings";
import { type Holding, isAdmin, rightsOf } from "../access/policy";
import {
  type AggregateRight,
  aggregates,
  allRights,
  builtInRoles,
  defaultRights,
  isAggregate,
  type Right,
} from "../access/registry";
import type { Executor } from "../db";
import { roleScopes, roles } from "../db/schema/access";
import { type DraftMark, draftMarks, draftTrees } from "./draft";
import { elementsWith, typeNames, visibleTypes } from "./elements";
import type { NamedElement } from "./wording";

/** A role as it is stored. `isLocked`: the Admin role, which holds everything whatever is stored. */
export type StoredRole = {
  id: string;
  name: string;
  description: string;
  builtIn: string | null;
  isLocked: boolean;
  position: number;
  version: number;
  rights: Right[];
  marks: DraftMark[];
};

/** @returns the role with all its marks, or null. */
export async function readRole(executor: Executor, id: string): Promise<StoredRole | null> {
  const [row] = await executor.select().from(roles).where(eq(roles.id, id));
  if (!row) return null;
  const held = rightsOf(row);
  const rights = allRights().filter((right) => held.has(right));
  const stored = isAdmin(row) ? everything(rights) : await storedMarks(executor, id);
  const { name, description, builtIn, position, version } = row;
  const isLocked = isAdmin(row);
  return { id, name, description, builtIn, isLocked, position, version, rights, marks: tidy(rights, stored) };
}

/** @returns what "Restore defaults" gives back, or null for roles that have no defaults. */
export function defaultsOf({ builtIn }: Pick<StoredRole, "builtIn">): { rights: Right[]; marks: DraftMark[] } | null {
  const known = builtInRoles.find(({ key }) => key === builtIn);
  if (!known) return null;
  const rights = defaultRights(known.key);
  return { rights, marks: everything(rights) };
}

/** @returns marks by which these rights cover everything, now and later. */
export const everything = (rights: readonly Right[]): DraftMark[] =>
  rights.filter(isAggregate).map((right) => ({ right, type: null, elementId: null, included: true }));

async function storedMarks(executor: Executor, roleId: string): Promise<DraftMark[]> {
  const { right, type, elementId, included } = roleScopes;
  const rows = await executor
    .select({ right, type, elementId, included })
    .from(roleScopes)
    .where(eq(roleScopes.roleId, roleId));
  return rows.flatMap((row) => (isAggregate(row.right) ? [{ ...row, right: row.right }] : []));
}

const tidy = (rights: Right[], marks: DraftMark[]): DraftMark[] => draftMarks(draftTrees({ rights, marks }));

/** @returns what the rights and marks would give to whoever holds them. */
export const holdingOf = ({ rights, marks }: { rights: Right[]; marks: readonly DraftMark[] }): Holding => ({
  rights: new Set(rights),
  everything: false,
  trees: treesOf(marks),
});

export type Sight = {
  /** Marks on what the actor may see, and the elements they are on. */
  shown: DraftMark[];
  elements: NamedElement[];
  /** Marks on what the actor does not even know of: an update by the actor keeps them. */
  hidden: DraftMark[];
};

/** Divides marks by what the actor may see; marks on what is gone say nothing and are in neither part. */
export async function sightOf(executor: Executor, access: Access, marks: readonly DraftMark[]): Promise<Sight> {
  const sight: Sight = { shown: [], elements: [], hidden: [] };
  for (const { right } of aggregates) {
    const own = marks.filter((mark) => mark.right === right);
    const isSeen = await seenPlaces(executor, access, right, own, sight.elements);
    sight.shown.push(...own.filter((mark) => isSeen(mark) === true));
    sight.hidden.push(...own.filter((mark) => isSeen(mark) === false));
  }
  return sight;
}

/** @returns whether the actor may see what a mark is on; undefined when it is gone. Adds what is seen to `elements`. */
async function seenPlaces(
  executor: Executor,
  access: Access,
  right: AggregateRight,
  marks: readonly DraftMark[],
  elements: NamedElement[],
): Promise<(mark: DraftMark) => boolean | undefined> {
  const ids = marks.flatMap(({ elementId }) => elementId ?? []);
  const found = await elementsWith(executor, right, ids, access);
  elements.push(...found);
  const seen = new Set(found.map(({ id }) => id));
  const others = await elementsWith(
    executor,
    right,
    ids.filter((id) => !seen.has(id)),
  );
  const there = new Set(others.map(({ id }) => id));
  const hasTypes = marks.some(({ type }) => type !== null);
  const types = new Set(hasTypes ? (await visibleTypes(executor, access, right)).map(({ type }) => type) : []);
  const all = new Set(hasTypes ? (await typeNames(executor, right)).map(({ type }) => type) : []);
  return ({ type, elementId }) => {
    if (elementId !== null) return seen.has(elementId) || (there.has(elementId) ? false : undefined);
    return type === null || types.has(type) || (all.has(type) ? false : undefined);
  };
}
