import "server-only";
import { eq, inArray, sql } from "drizzle-orm";
import { noteExpired } from "../access/expire";
import { settleSessions } from "../access/settle";
import type { Tx } from "../db";
import { assignments, roleScopes, roles, users } from "../db/schema/access";
import type { DraftMark, RoleDraft } from "./draft";

/** Writes of roles. Rules, rights and audit entries are with whoever calls. */

/** @returns the id of the new role, which stands last. */
export async function insertRole(tx: Tx, { marks, ...values }: RoleDraft): Promise<string> {
  const position = sql`(select coalesce(max(position), 0) + 1 from ${roles})`;
  const [made] = await tx
    .insert(roles)
    .values({ ...values, position })
    .returning({ id: roles.id });
  if (!made) throw new Error("No role was made.");
  await insertMarks(tx, made.id, marks);
  return made.id;
}

/** The role is exactly this from now on, in its next version. */
export async function storeRole(tx: Tx, id: string, { marks, ...values }: RoleDraft): Promise<void> {
  await tx
    .update(roles)
    .set({ ...values, version: sql`${roles.version} + 1` })
    .where(eq(roles.id, id));
  await tx.delete(roleScopes).where(eq(roleScopes.roleId, id));
  await insertMarks(tx, id, marks);
}

/** In one statement, for there can be 100,000: a statement has no more than 65,535 parameters. */
async function insertMarks(tx: Tx, roleId: string, marks: readonly DraftMark[]): Promise<void> {
  if (marks.length === 0) return;
  await tx.execute(sql`insert into ${roleScopes} (id, role_id, "right", type, element_id, included)
    select gen_random_uuid(), ${roleId}::uuid, mark.right, mark.type, mark."elementId", mark.included
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as mark("right" text, type text, "elementId" uuid, included boolean)`);
}

/** Nobody holds the role any more, and it is gone; sessions in it go on in the first role that remains. */
export async function removeRole(tx: Tx, id: string): Promise<void> {
  const rows = await tx.select({ userId: assignments.userId }).from(assignments).where(eq(assignments.roleId, id));
  const userIds = rows.map(({ userId }) => userId);
  await noteExpired(tx, userIds);
  await tx.delete(assignments).where(eq(assignments.roleId, id));
  await settleSessions(tx, userIds);
  if (userIds.length > 0)
    await tx
      .update(users)
      .set({ version: sql`${users.version} + 1` })
      .where(inArray(users.id, userIds));
  await tx.delete(roles).where(eq(roles.id, id));
}
