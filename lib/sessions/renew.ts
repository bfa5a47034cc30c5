import "server-only";
import { hintOf, readAccess } from "../access/session";
import { clearCookie, readCookie, writeCookie } from "../auth/cookie";
import { db } from "../db";

/** Writes what is true now into the cookie's hint. @returns false when the session has ended; its cookie is then removed. */
export async function renewHint(): Promise<boolean> {
  const token = await readCookie();
  const access = token && (await readAccess(db(), token.secret));
  if (access) await writeCookie(hintOf(access, token.secret));
  else await clearCookie();
  return access !== null;
}
