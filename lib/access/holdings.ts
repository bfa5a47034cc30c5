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

/** @returns all that these roles hold (every role when no ids are given), in role order (product.md 4.3). */
export async function holdingsOf(executor: Executor, ids?: readonly string[]): Promise<RoleHolding[]> {
  const rows = await executor
    .select()
    .from(roles)
    .where(ids && inArray(roles.id, [...ids]))
    .orderBy(roles.position, sql`${roles.name} collate "C"`);
  const marks = await marksOf(executor, ids);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    rights: rightsOf(row),
    everything: isAdmin(row),
    trees: treesOf(marks.filter(({ roleId }) => roleId === row.id)),
  }));
}

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

/**
 * Nobody grants what they lack, and nobody reaches into the account of somebody stronger (product.md 4.7).
 * @param given what would be held. @returns for each the rights that the roles acted in lack of it, or hold for fewer elements.
 */
export async function lackingOf(executor: Executor, access: Access, given: readonly Holding[]): Promise<Right[][]> {
  const roleIds = access.active.map(({ id }) => id);
  if (access.roles.some(({ id, everything }) => everything && roleIds.includes(id))) return given.map(() => []);
  const held = await holdingsOf(executor, roleIds);
  const typeOf = await typesOf(executor, [...held, ...given]);
  return given.map((one) => beyond(held, one, typeOf));
}

/** @returns a look-up of the types that the marked elements have now. */
async function typesOf(
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
