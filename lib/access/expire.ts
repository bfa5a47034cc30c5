import "server-only";
import { and, inArray, isNull, sql } from "drizzle-orm";
import { type Actor, auditDone } from "../audit";
import { db, type Tx, transaction } from "../db";
import { assignments, roles, users } from "../db/schema/access";
import { lockAccess } from "./lock";
import { isHeld } from "./session";
import { settleSessions } from "./settle";

const actor: Actor = { id: null, name: "system", role: "", address: "" };
const isDue = and(sql`not ${isHeld}`, isNull(assignments.expiryNotedAt));

/** Notes what expired since the last time. Several nodes may do it at once: one of them does it. */
export async function expireNow(): Promise<void> {
  const due = await db().select({ userId: assignments.userId }).from(assignments).where(isDue).limit(1);
  if (due.length === 0) return;
  await transaction(async (tx) => {
    const free = sql<boolean>`pg_try_advisory_xact_lock(7410004)`;
    const [turn] = await tx.select({ free }).from(sql`(select 1) as one`);
    if (!turn?.free) return;
    await lockAccess(tx);
    await noteExpired(tx);
  });
}

/**
 * One audit entry for each assignment that expired unnoted; sessions in these roles are stored in the first remaining one.
 * Call before roles are given or taken: a role that is given again is then new, and never active by itself.
 * The caller holds `lockAccess`. @param userIds everybody when not given.
 */
export async function noteExpired(tx: Tx, userIds?: readonly string[]): Promise<void> {
  const expired = await tx
    .update(assignments)
    .set({ expiryNotedAt: sql`now()` })
    .where(and(isDue, userIds && inArray(assignments.userId, [...userIds])))
    .returning();
  const nameOf = await namesOf(tx, expired);
  const records = expired.map(({ userId, roleId, expiresAt, reason }) => ({
    action: "assignment.expire",
    target: nameOf(userId),
    targetId: userId,
    before: { role: nameOf(roleId), until: expiresAt, reason },
  }));
  await auditDone(tx, actor, records);
  await settleSessions(tx, userIds ?? [...new Set(expired.map(({ userId }) => userId))]);
}

async function namesOf(tx: Tx, expired: readonly { userId: string; roleId: string }[]) {
  if (expired.length === 0) return () => "";
  const known = await tx
    .select({ id: users.id, name: users.username })
    .from(users)
    .where(
      inArray(
        users.id,
        expired.map(({ userId }) => userId),
      ),
    );
  const named = await tx.select({ id: roles.id, name: roles.name }).from(roles);
  const names = new Map([...known, ...named].map(({ id, name }) => [id, name]));
  return (id: string) => names.get(id) ?? "";
}
