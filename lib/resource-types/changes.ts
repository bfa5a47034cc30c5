import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { coveredJobs } from "../access/scope";
import type { Context } from "../action";
import type { Tx } from "../db";
import { roleScopes, roles } from "../db/schema/access";
import { customers, jobs, resourceTypes } from "../db/schema/desk";
import { Forbidden, UserError } from "../errors";

export type StoredType = typeof resourceTypes.$inferSelect;

/** @returns all types in their order. Until the transaction ends nobody else changes them, or gives one of them to a job. */
export async function lockTypes(tx: Tx): Promise<StoredType[]> {
  await tx.select({ id: resourceTypes.id }).from(resourceTypes).orderBy(asc(resourceTypes.id)).for("update");
  return tx.select().from(resourceTypes).orderBy(asc(resourceTypes.position), sql`lower(${resourceTypes.name})`);
}

/** @throws UserError when there is no such type any more. */
export function typeIn(types: readonly StoredType[], id: string, field?: string): StoredType {
  const type = types.find((one) => one.id === id);
  if (!type) throw new UserError("This resource type does not exist any more.", field);
  return type;
}

export async function storeOrder(tx: Tx, types: readonly StoredType[]): Promise<void> {
  const ids = types.map(({ id }) => id);
  await tx
    .update(resourceTypes)
    .set({ position: sql`array_position(${sql.param(ids)}::uuid[], ${resourceTypes.id})` })
    .where(inArray(resourceTypes.id, ids));
}

/**
 * The type goes away; its jobs and what parsers call it move to another one. Marks of roles on it go with it, so its jobs
 * fall under the marks of their new type: nobody may gain by it what the actor does not cover (product.md 4.7).
 * @returns how many jobs moved. @throws Forbidden when there are jobs that the actor does not cover.
 */
export async function dissolve(context: Context, from: StoredType, into: StoredType | null): Promise<number> {
  const { tx } = context;
  const count = await tx.$count(jobs, eq(jobs.resourceTypeId, from.id));
  const covered = await countCovered(context, from, from);
  if (covered < count) throw new Forbidden(`covers ${covered} of ${count} jobs of the type`);
  if (count > 0 && !into) throw new UserError("Choose a new home for its jobs.", "into");
  if (into) {
    if ((await countCovered(context, from, into)) < count)
      throw new UserError(`As ${into.name} your own role would not cover these jobs any more.`, "into");
    await moveTo(tx, from, into);
  }
  await dropMarks(tx, from);
  await tx.delete(resourceTypes).where(eq(resourceTypes.id, from.id));
  return count;
}

/** @returns how many jobs of one type the actor would cover if they were of another. */
async function countCovered({ access, tx }: Context, from: StoredType, as: StoredType): Promise<number> {
  const moved = sql`(select id, customer_id, ${as.id}::uuid as resource_type_id from jobs where resource_type_id = ${from.id}) as jobs`;
  const [found] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(moved)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(coveredJobs(access));
  return found?.count ?? 0;
}

async function moveTo(tx: Tx, from: StoredType, into: StoredType): Promise<void> {
  await tx
    .update(jobs)
    .set({ resourceTypeId: into.id, version: sql`${jobs.version} + 1` })
    .where(eq(jobs.resourceTypeId, from.id));
  await tx
    .update(resourceTypes)
    .set({ suggestedAs: [...into.suggestedAs, ...from.suggestedAs], version: sql`${resourceTypes.version} + 1` })
    .where(eq(resourceTypes.id, into.id));
}

/** Whoever edits one of these roles just now is told that it changed. */
async function dropMarks(tx: Tx, { id }: StoredType): Promise<void> {
  const dropped = await tx
    .delete(roleScopes)
    .where(and(eq(roleScopes.right, "resources.view"), eq(roleScopes.type, id)))
    .returning({ roleId: roleScopes.roleId });
  const ids = dropped.map(({ roleId }) => roleId);
  if (ids.length === 0) return;
  await tx
    .update(roles)
    .set({ version: sql`${roles.version} + 1` })
    .where(inArray(roles.id, ids));
}
