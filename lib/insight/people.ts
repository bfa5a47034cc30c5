import "server-only";
import { and, count, eq, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { coveredUsers } from "../access/scope";
import { isHeld, isOpenSession } from "../access/session";
import type { Executor } from "../db";
import { assignments, roles, sessions, settings, users } from "../db/schema/access";

/** A role of a user. Not held: it expired. */
export type AssignedRole = { id: string; name: string; until: Date | null; reason: string; isHeld: boolean };
export type Person = {
  id: string;
  username: string;
  name: string;
  disabledAt: Date | null;
  mustChangePassword: boolean;
  lastSignInAt: Date | null;
  sessions: number;
  /** In role order. */
  roles: AssignedRole[];
};

/** @returns the user, or null for one that the access does not cover. */
export async function personOf(executor: Executor, access: Access, id: string): Promise<Person | null> {
  const [user] = await executor
    .select({
      id: users.id,
      username: users.username,
      name: users.name,
      disabledAt: users.disabledAt,
      mustChangePassword: sql<boolean>`${users.passwordChangeRequiredAt} is not null`,
      lastSignInAt: users.lastSignInAt,
    })
    .from(users)
    .where(and(eq(users.id, id), coveredUsers(access)));
  if (!user) return null;
  const held = await executor
    .select({
      id: roles.id,
      name: roles.name,
      until: assignments.expiresAt,
      reason: assignments.reason,
      isHeld: sql<boolean>`${isHeld}`,
    })
    .from(assignments)
    .innerJoin(roles, eq(roles.id, assignments.roleId))
    .where(eq(assignments.userId, id))
    .orderBy(roles.position, sql`${roles.name} collate "C"`);
  const [open] = await executor
    .select({ sessions: count() })
    .from(sessions)
    .innerJoin(settings, eq(settings.id, 1))
    .where(and(eq(sessions.userId, id), isOpenSession));
  return { ...user, sessions: open?.sessions ?? 0, roles: held };
}
