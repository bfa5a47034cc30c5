import "server-only";
import { sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { beyond, rightsOf } from "../access/policy";
import { db } from "../db";
import { roles } from "../db/schema/access";

export type RoleChoice = {
  id: string;
  name: string;
  description: string;
  /** Whether who looks holds all of its rights, and so may give it to somebody. */
  grantable: boolean;
};

/** @returns the roles one may assign or see assigned, in role order. */
export async function listRoleChoices(): Promise<RoleChoice[]> {
  const access = await requireRight("users.manage");
  const rows = await db().select().from(roles).orderBy(roles.position, sql`${roles.name} collate "C"`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    grantable: beyond(access.rights, rightsOf(row)).length === 0,
  }));
}
