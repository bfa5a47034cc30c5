import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { isHeld, isOpenSession } from "../access/session";
import type { Executor } from "../db";
import { assignments, sessions, settings, users } from "../db/schema/access";

export type Consequences = {
  /** How many hold the role, and the first of them by name. */
  holders: number;
  names: string[];
  /** Those of them who hold no other role. */
  bare: string[];
  /** Open sessions that act in it now. */
  sessions: number;
};

const NAMES_SHOWN = 10;

/** @returns who would lose what if the role were deleted. */
export async function consequencesOf(executor: Executor, roleId: string): Promise<Consequences> {
  const other = sql`select 1 from assignments as other where other.user_id = ${users.id} and other.role_id <> ${roleId}
    and (other.expires_at is null or other.expires_at > now())`;
  const held = await executor
    .select({ username: users.username, isBare: sql<boolean>`not exists (${other})` })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(and(eq(assignments.roleId, roleId), isHeld))
    .orderBy(sql`lower(${users.username})`);
  return {
    holders: held.length,
    names: held.slice(0, NAMES_SHOWN).map(({ username }) => username),
    bare: held.filter(({ isBare }) => isBare).map(({ username }) => username),
    sessions: await sessionsIn(executor, roleId),
  };
}

async function sessionsIn(executor: Executor, roleId: string): Promise<number> {
  const [row] = await executor
    .select({ count: sql<number>`count(*)::int` })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(settings, eq(settings.id, 1))
    .innerJoin(assignments, and(eq(assignments.userId, users.id), eq(assignments.roleId, roleId), isHeld))
    .where(and(isOpenSession, isNull(users.disabledAt), sql`${roleId}::uuid = any(${sessions.activeRoleIds})`));
  return row?.count ?? 0;
}
