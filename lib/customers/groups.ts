import "server-only";
import { eq, notExists, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { roleScopes } from "../db/schema/access";
import { customerGroups, customers } from "../db/schema/desk";

/** A group that is just being left must not go away while somebody else joins it. Take it before customers are locked. */
export async function lockGroups(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7410021)`);
}

/** @param name without regard to case; empty for none. @returns the id of the group, made if it is new. */
export async function groupNamed(tx: Tx, name: string): Promise<string | null> {
  if (name === "") return null;
  await tx.insert(customerGroups).values({ name }).onConflictDoNothing();
  const same = sql`lower(${customerGroups.name}) = lower(${name})`;
  const [group] = await tx.select({ id: customerGroups.id }).from(customerGroups).where(same);
  if (!group) throw new Error("No group was made.");
  return group.id;
}

/** A group lives as long as a customer is in it, or a role has a mark on it. */
export async function dropEmptyGroups(tx: Tx): Promise<void> {
  const members = tx.select({ id: customers.id }).from(customers).where(eq(customers.groupId, customerGroups.id));
  const marks = tx
    .select({ id: roleScopes.id })
    .from(roleScopes)
    .where(sql`${roleScopes.right} = 'customers.view' and ${roleScopes.type} = ${customerGroups.id}::text`);
  await tx.delete(customerGroups).where(sql`${notExists(members)} and ${notExists(marks)}`);
}
