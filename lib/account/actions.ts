"use server";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { lockAccess } from "../access/lock";
import { hashSecret, hintOf, readAccess } from "../access/session";
import { action } from "../action";
import { writeCookie } from "../auth/cookie";
import { confirmOwnPassword } from "../auth/own-password";
import { checkedHash } from "../auth/passwords";
import { newSecret } from "../auth/token";
import { db } from "../db";
import { sessions, users } from "../db/schema/access";
import { ConflictError, UserError } from "../errors";
import { changePasswordSchema, profileSchema } from "./schema";

/** The own name, and with the current password the own e-mail address. */
export const updateProfile = action(
  "signed-in",
  profileSchema,
  async ({ access, tx, audit }, { version, name, email }, knownEmail: string | null) => {
    if (access.mustChangePassword) throw new UserError("Choose a new password first.");
    const [before] = await tx
      .select({ name: users.name, email: users.email })
      .from(users)
      .where(eq(users.id, access.userId));
    // What the password was asked for is what is stored: an address changed meanwhile must not slip through unasked.
    const unchanged = knownEmail === null ? isNull(users.email) : eq(users.email, knownEmail);
    const updated = await tx
      .update(users)
      .set({ name, email, version: sql`${users.version} + 1` })
      .where(and(eq(users.id, access.userId), eq(users.version, version), unchanged))
      .returning({ id: users.id });
    if (!before || updated.length === 0) {
      const stored = `name "${before?.name ?? ""}", e-mail "${before?.email ?? ""}"`;
      throw new ConflictError(
        `Somebody changed your account meanwhile. Stored now: ${stored}. Reload to start from it.`,
      );
    }
    const target = { target: access.username, targetId: access.userId };
    audit({ action: "account.update", ...target, before, after: { name, email } });
    return "Your details were saved.";
  },
  {
    name: "account.update",
    anyRole: true,
    prepare: async ({ email, current_password }, access) => {
      const [user] = await db().select({ email: users.email }).from(users).where(eq(users.id, access.userId));
      const known = user?.email ?? null;
      if (email !== known) await confirmOwnPassword(access, current_password);
      return known;
    },
  },
);

/** The own password. Every other session ends; this one goes on with a new cookie, so a copy of the former one is dead. */
export const changePassword = action(
  "signed-in",
  changePasswordSchema,
  async ({ access, tx, audit }, _input, { verified, passwordHash }: { verified: string; passwordHash: string }) => {
    const updated = await tx
      .update(users)
      .set({ passwordHash, passwordChangeRequiredAt: null })
      .where(and(eq(users.id, access.userId), eq(users.passwordHash, verified)))
      .returning({ id: users.id });
    if (updated.length === 0) throw new UserError("Your password was changed elsewhere meanwhile. Sign in again.");
    const others = and(eq(sessions.userId, access.userId), ne(sessions.id, access.sessionId), isNull(sessions.endedAt));
    await tx.update(sessions).set({ endedAt: sql`now()` }).where(others);
    const secret = newSecret();
    await tx
      .update(sessions)
      .set({ tokenHash: hashSecret(secret) })
      .where(eq(sessions.id, access.sessionId));
    audit({ action: "account.password", target: access.username, targetId: access.userId });
    const now = await readAccess(tx, secret);
    if (!now) throw new Error("The session cannot be read.");
    return {
      message: "Your password was changed. Your other sessions ended.",
      leaveTo: access.mustChangePassword ? "/dashboard" : undefined,
      afterwards: () => writeCookie(hintOf(now, secret)),
    };
  },
  {
    name: "account.password",
    anyRole: true,
    lock: lockAccess,
    prepare: async ({ current_password, new_password }, access) => {
      const verified = await confirmOwnPassword(access, current_password);
      return { verified, passwordHash: await checkedHash(access, access.username, new_password, "new_password") };
    },
  },
);
