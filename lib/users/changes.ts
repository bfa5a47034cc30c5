import "server-only";
import { and, eq, inArray, isNull, notInArray, type SQL, sql } from "drizzle-orm";
import { noteExpired } from "../access/expire";
import { isHeld } from "../access/session";
import { settleSessions } from "../access/settle";
import type { Tx } from "../db";
import { assignments, sessions, users } from "../db/schema/access";

/** Writes of users. Rules, rights and audit entries are with whoever calls. */

const nextVersion = { version: sql`${users.version} + 1` };

/** What is given: a role until a moment; null or nothing: without an end. */
export type Given = { userId: string; roleId: string; until?: Date | null; reason?: string };

/**
 * The user holds exactly these roles from now on; sessions in a role taken away go on in the first that remains.
 * Roles that are kept keep their ends, and what expired before stays on record.
 */
export async function storeRoles(
  tx: Tx,
  userId: string,
  roleIds: readonly string[],
  grantedBy: string | null,
): Promise<void> {
  await noteExpired(tx, [userId]);
  await tx
    .delete(assignments)
    .where(
      and(
        eq(assignments.userId, userId),
        isHeld,
        roleIds.length > 0 ? notInArray(assignments.roleId, [...roleIds]) : undefined,
      ),
    );
  await addRoles(
    tx,
    roleIds.map((roleId) => ({ userId, roleId })),
    grantedBy,
  );
  await touchUsers(tx, [userId]);
  await settleSessions(tx, [userId]);
}

/** Roles that are held stay as they are; one that has expired is given anew: call `noteExpired` before. */
export async function addRoles(tx: Tx, rows: readonly Given[], grantedBy: string | null): Promise<void> {
  await give(tx, rows, grantedBy, sql`not ${isHeld}`);
}

/** The user holds this role until then, or without an end, whether or not it was held before. */
export async function giveUntil(tx: Tx, row: Given, grantedBy: string | null): Promise<void> {
  await noteExpired(tx, [row.userId]);
  await give(tx, [row], grantedBy, undefined);
  await touchUsers(tx, [row.userId]);
  await settleSessions(tx, [row.userId]);
}

async function give(
  tx: Tx,
  rows: readonly Given[],
  grantedBy: string | null,
  setWhere: SQL | undefined,
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(assignments)
    .values(
      rows.map(({ userId, roleId, until = null, reason = "" }) => ({
        ...{ userId, roleId, reason, grantedBy },
        expiresAt: until,
      })),
    )
    .onConflictDoUpdate({
      target: [assignments.userId, assignments.roleId],
      set: {
        expiresAt: sql`excluded.expires_at`,
        reason: sql`excluded.reason`,
        grantedBy: sql`excluded.granted_by`,
        grantedAt: sql`now()`,
        expiryNotedAt: null,
      },
      setWhere,
    });
}

/** Takes the records of what expired off the user list; the audit log keeps them. */
export async function forgetExpired(tx: Tx, userId: string): Promise<void> {
  await noteExpired(tx, [userId]);
  await tx.delete(assignments).where(and(eq(assignments.userId, userId), sql`not ${isHeld}`));
  await touchUsers(tx, [userId]);
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
  await noteExpired(tx, [userId]);
  await tx.delete(users).where(eq(users.id, userId));
}

export async function endSessions(tx: Tx, userIds: readonly string[]): Promise<void> {
  const open = and(inArray(sessions.userId, [...userIds]), isNull(sessions.endedAt));
  await tx.update(sessions).set({ endedAt: sql`now()` }).where(open);
}
