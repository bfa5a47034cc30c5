import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { pageAt } from "./lib/access/registry";
import { isSecure, sessionCookieName } from "./lib/auth/cookie-name";
import { decodeToken } from "./lib/auth/token";
import { contentSecurityPolicy } from "./lib/content-security-policy";

// Static files and doors with a key of their own pass by: each matched request costs about a millisecond.
export const config = { runtime: "nodejs", matcher: ["/((?!_next/static|_next/image|api/|icon.svg).*)"] };

/** The hint in the cookie was read from the database this recently: the page itself answers, there is nothing to renew. */
const FRESH_MS = 10_000;

/** The optimistic guard: spares people a detour, decides nothing (every page and action asks the database). */
export default function middleware(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const response = detour(request) ?? passOn(request, policy);
  response.headers.set("Content-Security-Policy", policy);
  if (response.headers.has("Location")) response.headers.set("Cache-Control", "no-store");
  return response;
}

function detour(request: NextRequest): NextResponse | null {
  const page = pageAt(request.nextUrl.pathname);
  // A change is never sent elsewhere: its action refuses it by itself.
  if (!page || page.gate === "public" || !["GET", "HEAD"].includes(request.method)) return null;
  const here = encodeURIComponent(request.nextUrl.pathname + request.nextUrl.search);
  const token = decodeToken(request.cookies.get(sessionCookieName(isSecure()))?.value);
  if (!token) return NextResponse.redirect(new URL(`/login?next=${here}`, request.url));
  const open = page.gate === "signed-in" || token.rights.includes(page.gate);
  if (open || Date.now() - token.readAt < FRESH_MS) return null;
  return NextResponse.redirect(new URL(`/api/session/refresh?to=${here}`, request.url));
}

function passOn(request: NextRequest, policy: string): NextResponse {
  // The framework reads the nonce from the request's policy; one that the client sent is overwritten here.
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  return NextResponse.next({ request: { headers } });
}
