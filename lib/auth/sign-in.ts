import "server-only";
import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { hashSecret, hintOf, isHeld, readAccess } from "../access/session";
import { type Actor, auditDone, auditRefused } from "../audit";
import { db, type Tx, transaction } from "../db";
import { assignments, sessions, signInFailures, users } from "../db/schema/access";
import { countSignIn } from "../metrics/counted";
import { countAttempt } from "./failures";
import { verifyPassword } from "./passwords";
import { newSecret, type Token } from "./token";

/** `former`: the secret of the session that the browser had until now; it ends when a new one begins. */
type Attempt = { username: string; password: string; address: string; agent: string; former?: string };

/**
 * Checks a sign-in and opens a session. Whatever is wrong (unknown, disabled, blocked, wrong password) costs one
 * comparison and gives the same answer; the audit log knows why.
 * @returns the token for the cookie, or null. @throws UserError when too many people sign in at once.
 */
export async function signInWith({ username, password, address, agent, former }: Attempt): Promise<Token | null> {
  const [user] = await db()
    .select()
    .from(users)
    // Both sides by the database, whose idea of lower case may differ from that of JavaScript.
    .where(sql`lower(${users.username}) = lower(${username.normalize("NFC")})`);
  const keys = [
    `address ${address}`,
    `account ${username.toLowerCase()} ${(await isKnownAddress(user?.id, address)) ? address : "elsewhere"}`,
  ];
  const blocked = await transaction((tx) => countAttempt(tx, keys));
  const right = await verifyPassword(password, user?.passwordHash ?? null);
  const actor: Actor = { id: user?.id ?? null, name: username.slice(0, 64), role: "", address };
  if (user && right && !blocked && !user.disabledAt) {
    countSignIn("done");
    return transaction(async (tx) => {
      await tx.delete(signInFailures).where(inArray(signInFailures.key, keys));
      if (former) await endFormer(tx, former);
      await auditDone(tx, { ...actor, name: user.username }, [
        { action: "session.start", target: user.username, targetId: user.id },
      ]);
      return openSession(tx, user.id, address, agent);
    });
  }
  const reason = !user
    ? "unknown username"
    : user.disabledAt
      ? "disabled"
      : blocked
        ? "too many failures"
        : "wrong password";
  countSignIn("refused");
  await auditRefused(actor, { action: "session.start", target: username.slice(0, 64), targetId: user?.id }, reason);
  return null;
}

/** Starts a session in the role last acted in, when it is still assigned. @returns the token for the cookie. */
export async function openSession(tx: Tx, userId: string, address: string, agent: string): Promise<Token> {
  const secret = newSecret();
  const [user] = await tx
    .update(users)
    .set({ lastSignInAt: sql`now()` })
    .where(eq(users.id, userId))
    .returning({ last: users.lastRoleId });
  const held = await tx
    .select({ roleId: assignments.roleId })
    .from(assignments)
    .where(and(eq(assignments.userId, userId), isHeld));
  const last = held.some(({ roleId }) => roleId === user?.last) ? user?.last : null;
  await tx
    .insert(sessions)
    .values({ userId, tokenHash: hashSecret(secret), activeRoleIds: last ? [last] : [], address, agent });
  const access = await readAccess(tx, secret);
  if (!access) throw new Error("The session just opened cannot be read.");
  // A session is always in a role by name, so that a role assigned later never becomes active unasked.
  await tx
    .update(sessions)
    .set({ activeRoleIds: access.active.map(({ id }) => id) })
    .where(eq(sessions.id, access.sessionId));
  return hintOf(access, secret);
}

async function endFormer(tx: Tx, secret: string): Promise<void> {
  const open = and(eq(sessions.tokenHash, hashSecret(secret)), isNull(sessions.endedAt));
  await tx.update(sessions).set({ endedAt: sql`now()` }).where(open);
}

/** A stranger's failures must not keep out the owner, who signs in from an address that worked in the last 30 days. */
async function isKnownAddress(userId: string | undefined, address: string): Promise<boolean> {
  const known = await db()
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        sql`${sessions.userId} = ${userId ?? null}::uuid`,
        eq(sessions.address, address),
        gt(sessions.createdAt, sql`now() - interval '30 days'`),
      ),
    )
    .limit(1);
  return known.length > 0;
}
