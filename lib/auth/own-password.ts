import "server-only";
import { eq } from "drizzle-orm";
import type { Access } from "../access/can";
import { db, transaction } from "../db";
import { signInFailures, users } from "../db/schema/access";
import { UserError } from "../errors";
import { countAttempt } from "./failures";
import { verifyPassword } from "./passwords";

/**
 * Asks a signed-in person for their password again (ASVS 7.5.1); tries are counted, as a stolen session could guess.
 * Slow, so never inside a transaction. @returns the stored hash that was right. @throws UserError at `current_password`.
 */
export async function confirmOwnPassword({ userId }: Access, password: string): Promise<string> {
  const key = `own password ${userId}`;
  const [user] = await db().select({ hash: users.passwordHash }).from(users).where(eq(users.id, userId));
  const blocked = await transaction((tx) => countAttempt(tx, [key]));
  const right = await verifyPassword(password, user?.hash ?? null);
  if (blocked) throw new UserError("Too many wrong passwords. Wait a while before the next try.", "current_password");
  if (!user || !right) throw new UserError("This is not your current password.", "current_password");
  await transaction((tx) => tx.delete(signInFailures).where(eq(signInFailures.key, key)));
  return user.hash;
}
