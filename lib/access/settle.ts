import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "../db";
import { assignments, roles, sessions } from "../db/schema/access";
import { isHeld } from "./session";

/**
 * Call before and after assignments change: an open session whose active role was taken away or expired is stored in the first remaining one
 * (product.md 4.3), so that a role that is given back or added later never becomes active by itself.
 */
export async function settleSessions(tx: Tx, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  const held = sql`${assignments} join ${roles} on ${roles.id} = ${assignments.roleId}
    where ${assignments.userId} = ${sessions.userId} and ${isHeld}`;
  const order = sql`order by ${roles.position}, ${roles.name} collate "C"`;
  await tx.execute(sql`
    update ${sessions} set active_role_ids = coalesce(
      (select array_agg(${roles.id} ${order}) from ${held} and ${roles.id} = any(${sessions.activeRoleIds})),
      (select array[${roles.id}] from ${held} ${order} limit 1),
      '{}')
    where ${sessions.userId} = any(${sql.param(userIds)}::uuid[]) and ${sessions.endedAt} is null
      and (${sessions.activeRoleIds} = '{}' or not ${sessions.activeRoleIds} <@ array(select ${roles.id} from ${held}))`);
}
