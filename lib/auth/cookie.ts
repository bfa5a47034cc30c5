import "server-only";
import { cookies } from "next/headers";
import { isSecure, sessionCookieName } from "./cookie-name";
import { decodeToken, encodeToken, type Token } from "./token";

/** How long browsers keep the cookie; the row in `sessions` decides how long it is worth something. */
export const COOKIE_SECONDS = 30 * 24 * 3600;

export const cookieName = (): string => sessionCookieName(isSecure());

export const cookieOptions = () => ({ httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() }) as const;

/** @returns the token of this request's cookie, or null when there is none that we made. */
export async function readCookie(): Promise<Token | null> {
  return decodeToken((await cookies()).get(cookieName())?.value);
}

/** Only in an action or a route: pages cannot set cookies. */
export async function writeCookie(token: Token): Promise<void> {
  (await cookies()).set(cookieName(), encodeToken(token), { ...cookieOptions(), maxAge: COOKIE_SECONDS });
}

export async function clearCookie(): Promise<void> {
  (await cookies()).set(cookieName(), "", { ...cookieOptions(), maxAge: 0 });
}
