import "server-only";
import { headers } from "next/headers";
import { env } from "./env";

/** @returns the client's address. lib/client-address.ts made the header trustworthy before anything read it. */
export async function clientAddress(): Promise<string> {
  return ((await headers()).get("x-forwarded-for") ?? "").split(",")[0]?.trim() || "unknown";
}

/** @returns the browser's name for the list of sessions, at most 300 characters. */
export async function userAgent(): Promise<string> {
  return ((await headers()).get("user-agent") ?? "").slice(0, 300);
}

/**
 * A change must come from our own pages. Stricter than the framework's check, which lets a request without Origin pass.
 * @param sent the request's headers. @returns whether Origin and Sec-Fetch-Site say that one of our pages sent it.
 */
export function isSameOrigin(sent: Pick<Headers, "get">): boolean {
  const site = sent.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = sent.get("origin");
  if (!origin || !URL.canParse(origin)) return false;
  const own = env().AUTH_URL;
  return own ? new URL(own).origin === origin : new URL(origin).host === sent.get("host");
}

const refused = new WeakSet<object>();

/** Notes that the action of this request was refused: that its page is then rendered again is no second try. */
export async function noteRefusedAction(): Promise<void> {
  refused.add(await headers());
}

/** @returns whether this request was an action that was refused. */
export async function wasRefusedAction(): Promise<boolean> {
  return refused.has(await headers());
}
