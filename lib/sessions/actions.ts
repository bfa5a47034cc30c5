"use server";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { hashSecret, hintOf, readAccess } from "../access/session";
import { action } from "../action";
import { clearCookie, writeCookie } from "../auth/cookie";
import { newSecret } from "../auth/token";
import { sessions, users } from "../db/schema/access";
import { UserError } from "../errors";
import { fields } from "../form";

/** Acts in another assigned role from now on. The cookie is renewed: one that was copied before is dead. */
export const switchRole = action(
  "signed-in",
  z.object({ role: fields.id }),
  async ({ access, tx, audit }, { role }) => {
    const chosen = access.roles.find(({ id }) => id === role);
    if (!chosen) throw new UserError("This role is not yours.");
    const secret = newSecret();
    await tx
      .update(sessions)
      .set({ activeRoleIds: [role], previewRoleId: null, tokenHash: hashSecret(secret) })
      .where(eq(sessions.id, access.sessionId));
    await tx.update(users).set({ lastRoleId: role }).where(eq(users.id, access.userId));
    audit({
      action: "session.switch_role",
      target: access.username,
      targetId: access.userId,
      before: access.active.map(({ name }) => name),
      after: [chosen.name],
    });
    const now = await readAccess(tx, secret);
    if (!now) throw new Error("The session cannot be read.");
    return {
      message: `You are now acting as ${chosen.name}.`,
      leaveTo: "/dashboard",
      afterwards: () => writeCookie(hintOf(now, secret)),
    };
  },
  { name: "session.switch_role", anyRole: true },
);

export const signOut = action(
  "signed-in",
  z.object({}),
  async ({ access, tx, audit }) => {
    await tx.update(sessions).set({ endedAt: sql`now()` }).where(eq(sessions.id, access.sessionId));
    audit({ action: "session.end", target: access.username, targetId: access.userId });
    return { message: "You are signed out.", leaveTo: "/login", afterwards: clearCookie };
  },
  { name: "session.end", anyRole: true, inPreview: true },
);

export const endSession = action(
  "signed-in",
  z.object({ id: fields.id }),
  async ({ access, tx, audit }, { id }) => {
    const mine = and(eq(sessions.id, id), eq(sessions.userId, access.userId), isNull(sessions.endedAt));
    const [ended] = await tx
      .update(sessions)
      .set({ endedAt: sql`now()` })
      .where(mine)
      .returning({ agent: sessions.agent });
    if (!ended) throw new UserError("This session has ended already.");
    audit({
      action: "session.end",
      target: access.username,
      targetId: access.userId,
      before: { session: id, agent: ended.agent },
    });
    return "The session was ended.";
  },
  { name: "session.end", anyRole: true },
);

export const endOtherSessions = action(
  "signed-in",
  z.object({}),
  async ({ access, tx, audit }) => {
    const others = and(eq(sessions.userId, access.userId), ne(sessions.id, access.sessionId), isNull(sessions.endedAt));
    const ended = await tx.update(sessions).set({ endedAt: sql`now()` }).where(others).returning({ id: sessions.id });
    audit({
      action: "session.end_others",
      target: access.username,
      targetId: access.userId,
      before: { sessions: ended.length },
    });
    return ended.length === 1 ? "1 other session was ended." : `${ended.length} other sessions were ended.`;
  },
  { name: "session.end_others", anyRole: true },
);
