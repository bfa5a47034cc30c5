import "server-only";
import { and, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import { settleSessions } from "../access/settle";
import type { Tx } from "../db";
import { assignments, sessions, users } from "../db/schema/access";

/** Writes of users. Rules, rights and audit entries are with whoever calls. */

const nextVersion = { version: sql`${users.version} + 1` };

/** The user has exactly these roles from now on; sessions in a role taken away go on in the first that remains. */
export async function storeRoles(
  tx: Tx,
  userId: string,
  roleIds: readonly string[],
  grantedBy: string | null,
): Promise<void> {
  await tx
    .delete(assignments)
    .where(
      and(
        eq(assignments.userId, userId),
        roleIds.length > 0 ? notInArray(assignments.roleId, [...roleIds]) : undefined,
      ),
    );
  await addRoles(
    tx,
    roleIds.map((roleId) => ({ userId, roleId })),
    grantedBy,
  );
  await tx.update(users).set(nextVersion).where(eq(users.id, userId));
  await settleSessions(tx, [userId]);
}

/** Assignments that exist already stay as they are. */
export async function addRoles(
  tx: Tx,
  rows: { userId: string; roleId: string }[],
  grantedBy: string | null,
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(assignments)
    .values(rows.map((row) => ({ ...row, grantedBy })))
    .onConflictDoNothing();
}

export async function removeRole(tx: Tx, userIds: readonly string[], roleId: string): Promise<void> {
  await tx.delete(assignments).where(and(inArray(assignments.userId, [...userIds]), eq(assignments.roleId, roleId)));
  await touchUsers(tx, userIds);
  await settleSessions(tx, userIds);
}

/** Whoever looks at an older version of these users is told so. */
export async function touchUsers(tx: Tx, userIds: readonly string[]): Promise<void> {
  await tx
    .update(users)
    .set(nextVersion)
    .where(inArray(users.id, [...userIds]));
}

/** Their sessions end at once. */
export async function disable(tx: Tx, userIds: readonly string[]): Promise<void> {
  await tx
    .update(users)
    .set({ disabledAt: sql`now()`, ...nextVersion })
    .where(inArray(users.id, [...userIds]));
  await endSessions(tx, userIds);
}

export async function enable(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(users)
    .set({ disabledAt: null, ...nextVersion })
    .where(eq(users.id, userId));
}

/** Sessions and assignments go with the user; names in the audit log stay. */
export async function remove(tx: Tx, userId: string): Promise<void> {
  await tx.delete(users).where(eq(users.id, userId));
}

export async function endSessions(tx: Tx, userIds: readonly string[]): Promise<void> {
  const open = and(inArray(sessions.userId, [...userIds]), isNull(sessions.endedAt));
  await tx.update(sessions).set({ endedAt: sql`now()` }).where(open);
}
