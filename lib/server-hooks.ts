import { randomBytes } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { isSecure } from "./auth/cookie-name";
import { env } from "./env";
import { databaseAwaySince } from "./errors";
import { isRefusing, noteConnection, noteRequest } from "./open-requests";

/**
 * What must happen around every request, before and after the framework, whichever way it is hosted (`next start`,
 * standalone, development). See docs/decisions/server-hooks.md.
 */
export function hookServer(): void {
  const proxies = process.env.VERCEL ? 1 : env().TRUST_PROXY;
  const emit = http.Server.prototype.emit;
  http.Server.prototype.emit = function (this: http.Server, event: string, ...args: unknown[]) {
    if (event === "connection") noteConnection(this, args[0] as Socket);
    if (event === "request") {
      noteRequest(args[1] as ServerResponse);
      trustOnlyOwnProxies(args[0] as IncomingMessage, proxies);
      finishAnswer(args[1] as ServerResponse);
    }
    return Reflect.apply(emit, this, [event, ...args]);
  } as typeof emit;
}

/**
 * The framework sends an action that was posted to a page without it on to itself, over a connection of its own: this
 * header carries the address of who sent it. Only this process knows the proof, and it never leaves it.
 */
const CARRIED = "x-backupchecks-client";
const proof = randomBytes(32).toString("base64url");

/**
 * Makes `x-forwarded-*` trustworthy: a client may send anything there, and the socket's address is out of reach later on.
 * With TRUST_PROXY=n the n-th entry from the right, written by our own proxy, counts.
 */
function trustOnlyOwnProxies(request: IncomingMessage, proxies: number): void {
  const { headers, socket } = request;
  const chain = [...String(headers["x-forwarded-for"] ?? "").split(","), socket.remoteAddress ?? ""]
    .map((part) => part.trim())
    .filter(Boolean);
  const [shown, carried] = String(headers[CARRIED] ?? "").split(" ");
  const address = shown === proof ? carried : chain.at(-1 - Math.min(proxies, chain.length - 1));
  headers["x-forwarded-for"] = address;
  headers[CARRIED] = `${proof} ${address}`;
  if (proxies > 0) return;
  delete headers["x-forwarded-host"];
  delete headers["x-forwarded-proto"];
  delete headers["x-forwarded-port"];
  delete headers.forwarded;
}

/** For HTML that middleware.ts did not see, such as the 404 of an address below /api: it needs no script to be read. */
const CLOSED_POLICY =
  "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/** A page that failed because the database is away says 503, not 500: the framework has no way to say so. */
function finishAnswer(response: ServerResponse): void {
  const startedAt = Date.now();
  const writeHead = response.writeHead;
  if (isSecure()) response.setHeader("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
    const isHtml = String(this.getHeader("content-type") ?? "").startsWith("text/html");
    if (isHtml && !this.hasHeader("content-security-policy")) this.setHeader("Content-Security-Policy", CLOSED_POLICY);
    const away = status === 500 && databaseAwaySince(startedAt);
    if (away) this.setHeader("Retry-After", "5");
    if (isRefusing()) this.shouldKeepAlive = false;
    return (writeHead as (...all: unknown[]) => ServerResponse).call(this, away ? 503 : status, ...rest);
  } as typeof writeHead;
}
