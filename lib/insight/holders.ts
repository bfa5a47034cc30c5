import "server-only";
import { and, inArray, isNull, or, sql } from "drizzle-orm";
import { type RoleHolding, treesOf } from "../access/holdings";
import { isAdmin, rightsOf } from "../access/policy";
import type { Executor } from "../db";
import { roleScopes, roles } from "../db/schema/access";
import type { Question } from "./explain";

/** @returns every role in role order, with those of its marks alone that decide about the rows of the chain. */
export async function holdersAbout(executor: Executor, chain: readonly Question[]): Promise<RoleHolding[]> {
  const ids = chain.flatMap(({ row }) => row?.id ?? []);
  const rows = await executor.select().from(roles).orderBy(roles.position, sql`${roles.name} collate "C"`);
  const marks = await executor
    .select()
    .from(roleScopes)
    .where(
      and(
        inArray(
          roleScopes.right,
          chain.map(({ right }) => right),
        ),
        or(isNull(roleScopes.elementId), inArray(roleScopes.elementId, ids)),
      ),
    );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    rights: rightsOf(row),
    everything: isAdmin(row),
    trees: treesOf(marks.filter(({ roleId }) => roleId === row.id)),
  }));
}
