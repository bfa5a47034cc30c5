import "server-only";
import { cookies } from "next/headers";
import NextAuth, { AuthError, type User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "../env";
import { UserError } from "../errors";
import { clientAddress, userAgent } from "../request";
import { COOKIE_SECONDS, cookieName, cookieOptions, readCookie } from "./cookie";
import { isSecure } from "./cookie-name";
import { signInWith } from "./sign-in";
import { decodeToken, encodeToken, type Token } from "./token";

/** What passes for a user between `authorize` and the cookie. */
type Carried = User & { token: Token };

/**
 * next-auth stops at this file. It carries the credentials to `signInWith` and the token to the cookie; its own HTTP
 * endpoints are not mounted, because `POST /api/auth/session` would let people rewrite their own token.
 */
const { signIn } = NextAuth(() => ({
  secret: env().AUTH_SECRET,
  trustHost: true,
  useSecureCookies: isSecure(),
  session: { strategy: "jwt", maxAge: COOKIE_SECONDS },
  cookies: { sessionToken: { name: cookieName(), options: cookieOptions() } },
  // A wrong password is no event for the error log; the audit log has it.
  logger: { error: (error) => (error instanceof AuthError ? undefined : console.error(error)) },
  providers: [
    Credentials({
      credentials: { username: {}, password: {} },
      authorize: async ({ username, password }) => {
        const attempt = {
          username: String(username),
          password: String(password),
          address: await clientAddress(),
          agent: await userAgent(),
          former: (await readCookie())?.secret,
        };
        const token = await signInWith(attempt);
        return token && ({ token } satisfies Carried as User);
      },
    }),
  ],
  callbacks: { jwt: ({ user, token }) => (user ? { token: (user as Carried).token } : token) },
  jwt: {
    encode: ({ token }) => encodeToken(token?.token as Token),
    decode: ({ token }) => ({ token: decodeToken(token) }),
  },
}));

/**
 * Signs in and sets the cookie. @returns whether the credentials were right.
 * @throws UserError when too many people sign in at once; any accident as it is.
 */
export async function signInWithCookie(username: string, password: string): Promise<boolean> {
  try {
    await signIn("credentials", { username, password, redirect: false });
    return true;
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    if (error.type === "CredentialsSignin") return false;
    throw error.cause?.err instanceof UserError ? error.cause.err : error;
  } finally {
    // Of use only to the endpoints that are not mounted.
    const jar = await cookies();
    for (const { name } of jar.getAll()) if (/authjs\.(callback-url|csrf-token)$/.test(name)) jar.delete(name);
  }
}
