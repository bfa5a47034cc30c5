import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { isOpenSession } from "../access/session";
import { db } from "../db";
import { sessions, settings, users } from "../db/schema/access";
import { deviceOf } from "./rules";

export type Profile = { username: string; name: string; email: string; version: number };
export type OwnSession = {
  id: string;
  device: string;
  address: string;
  createdAt: Date;
  seenAt: Date;
  isThis: boolean;
};

/** @returns the own details. */
export async function getProfile(): Promise<Profile> {
  const access = await requireRight("signed-in");
  const [row] = await db()
    .select({ username: users.username, name: users.name, email: users.email, version: users.version })
    .from(users)
    .where(eq(users.id, access.userId));
  if (!row) throw new Error("The user of this session is gone.");
  return { ...row, email: row.email ?? "" };
}

/** @returns the own sessions that can still be used, this one first, then by when they were last seen; at most 100. */
export async function listOwnSessions(): Promise<OwnSession[]> {
  const access = await requireRight("signed-in");
  const rows = await db()
    .select({
      id: sessions.id,
      agent: sessions.agent,
      address: sessions.address,
      createdAt: sessions.createdAt,
      seenAt: sessions.seenAt,
    })
    .from(sessions)
    .innerJoin(settings, eq(settings.id, 1))
    .where(and(eq(sessions.userId, access.userId), isOpenSession))
    .orderBy(desc(eq(sessions.id, access.sessionId)), desc(sessions.seenAt))
    .limit(100);
  return rows.map(({ agent, ...row }) => ({ ...row, device: deviceOf(agent), isThis: row.id === access.sessionId }));
}
