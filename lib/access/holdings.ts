import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Executor } from "../db";
import { roleScopes, roles } from "../db/schema/access";
import type { Access } from "./can";
import { elementSources } from "./elements";
import { type Mark, treeOf } from "./marks";
import { beyond, type Holding, isAdmin, rightsOf } from "./policy";
import { type AggregateRight, aggregates, type Right } from "./registry";

export type RoleHolding = Holding & { id: string; name: string };
/** What a role holds, without its marks, of which there can be many. */
export type RoleRights = Omit<RoleHolding, "trees">;
/** A role as the actor sees it. `lacking`: rights of it that the actor lacks, or holds for fewer elements. */
export type GivenRole = { id: string; name: string; isAdmin: boolean; lacking: readonly Right[] };

/** @returns all that these roles hold (every role when no ids are given), in role order (product.md 4.3). */
export async function holdingsOf(executor: Executor, ids?: readonly string[]): Promise<RoleHolding[]> {
  const found = await roleRightsOf(executor, ids);
  return withMarks(found, await marksOf(executor, ids));
}

/** @returns the rights of these roles (every role when no ids are given), in role order. */
export async function roleRightsOf(executor: Executor, ids?: readonly string[]): Promise<RoleRights[]> {
  const rows = await executor
    .select()
    .from(roles)
    .where(ids && inArray(roles.id, [...ids]))
    .orderBy(roles.position, sql`${roles.name} collate "C"`);
  return rows.map((row) => ({ id: row.id, name: row.name, rights: rightsOf(row), everything: isAdmin(row) }));
}

/** @returns the roles with those of the marks that are theirs. */
export const withMarks = (
  found: readonly RoleRights[],
  marks: readonly (Mark & { roleId: string; right: string })[],
): RoleHolding[] => found.map((row) => ({ ...row, trees: treesOf(marks.filter(({ roleId }) => roleId === row.id)) }));

const marksOf = (executor: Executor, ids?: readonly string[]) =>
  executor
    .select({
      roleId: roleScopes.roleId,
      right: roleScopes.right,
      type: roleScopes.type,
      elementId: roleScopes.elementId,
      included: roleScopes.included,
    })
    .from(roleScopes)
    .where(ids && inArray(roleScopes.roleId, [...ids]));

/** @returns the trees of one role's marks. */
export function treesOf(marks: readonly (Mark & { right: string })[]): Holding["trees"] {
  const trees: Holding["trees"] = {};
  for (const { right } of aggregates) trees[right] = treeOf(marks.filter((mark) => mark.right === right));
  return trees;
}

/** @returns every role in role order, with what of it the actor lacks. */
export async function givenRoles(executor: Executor, access: Access): Promise<GivenRole[]> {
  const all = await roleRightsOf(executor);
  const lacking = holdsEverything(access)
    ? []
    : await lackingOf(executor, access, withMarks(all, await marksOf(executor)));
  return all.map(({ id, name, everything }, at) => ({ id, name, isAdmin: everything, lacking: lacking[at] ?? [] }));
}

/**
 * Nobody grants what they lack, and nobody reaches into the account of somebody stronger (product.md 4.7).
 * @param given what would be held. @returns for each the rights that the roles acted in lack of it, or hold for fewer elements.
 */
export async function lackingOf(executor: Executor, access: Access, given: readonly Holding[]): Promise<Right[][]> {
  if (holdsEverything(access)) return given.map(() => []);
  const roleIds = actingIds(access);
  const held = await holdingsOf(executor, roleIds);
  const typeOf = await typesOf(executor, [...held, ...given]);
  return given.map((one) => beyond(held, one, typeOf));
}

const actingIds = ({ active }: Access): string[] => active.map(({ id }) => id);

/** Whatever the marks of others are, such an actor lacks nothing of it. */
function holdsEverything(access: Access): boolean {
  const roleIds = actingIds(access);
  return access.roles.some(({ id, everything }) => everything && roleIds.includes(id));
}

/** @returns a look-up of the types that the marked elements have now, undefined for what is gone. */
export async function typesOf(
  executor: Executor,
  holdings: readonly Holding[],
): Promise<(elementId: string) => string | undefined> {
  const types = new Map<string, string>();
  for (const { right } of aggregates) {
    const ids = new Set(holdings.flatMap(({ trees }) => [...(trees[right]?.elements.keys() ?? [])]));
    for (const [id, type] of await currentTypes(executor, right, [...ids])) types.set(id, type);
  }
  return (id) => types.get(id);
}

async function currentTypes(executor: Executor, right: AggregateRight, ids: string[]): Promise<[string, string][]> {
  if (ids.length === 0) return [];
  const { table, id, type } = elementSources[right];
  const rows = await executor
    .select({ id: sql<string>`${id}`, type })
    .from(table)
    .where(sql`${id} = any(${sql.param(ids)}::uuid[])`);
  return rows.map((row) => [row.id, row.type]);
}
