import "server-only";
import { sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { holdingsOf, lackingOf } from "../access/holdings";
import { isHeld } from "../access/session";
import { db } from "../db";
import { assignments, roles } from "../db/schema/access";

export type RoleChoice = {
  id: string;
  name: string;
  /** Whether who looks holds all that it holds, and so may give it to somebody. */
  grantable: boolean;
};

/** @returns the roles one may assign or see assigned, in role order. */
export async function listRoleChoices(): Promise<RoleChoice[]> {
  const access = await requireRight("users.manage");
  const all = await holdingsOf(db());
  const lacking = await lackingOf(db(), access, all);
  return all.map(({ id, name }, at) => ({ id, name, grantable: lacking[at]?.length === 0 }));
}

export type RoleListing = { id: string; name: string; users: number };

/** @returns every role in role order, with how many users hold it now. */
export async function listRoles(): Promise<RoleListing[]> {
  await requireRight("roles.manage");
  const held = sql<number>`(select count(*)::int from ${assignments} where ${assignments.roleId} = ${roles.id} and ${isHeld})`;
  return db()
    .select({ id: roles.id, name: roles.name, users: held })
    .from(roles)
    .orderBy(roles.position, sql`${roles.name} collate "C"`);
}
