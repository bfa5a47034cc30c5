import "server-only";
import { eq } from "drizzle-orm";
import type { Access } from "../access/can";
import { hashSecret, hintOf, readAccess } from "../access/session";
import { writeCookie } from "../auth/cookie";
import { newSecret } from "../auth/token";
import type { Tx } from "../db";
import { sessions } from "../db/schema/access";

/**
 * Notes what the session looks at, under a new secret: a cookie that was copied before is dead, as after a switch of role.
 * @param roleId null ends the preview. @returns what writes the new cookie; to be called after the transaction.
 */
export async function storePreview(tx: Tx, access: Access, roleId: string | null): Promise<() => Promise<void>> {
  const secret = newSecret();
  await tx
    .update(sessions)
    .set({ previewRoleId: roleId, tokenHash: hashSecret(secret) })
    .where(eq(sessions.id, access.sessionId));
  const now = await readAccess(tx, secret);
  if (!now) throw new Error("The session cannot be read.");
  return () => writeCookie(hintOf(now, secret));
}
