import "server-only";
import { type Access, passes } from "./access/can";
import type { Right } from "./access/registry";
import { currentAccess } from "./access/session";
import { actorOf, auditRefused } from "./audit";
import { isDatabaseAway } from "./errors";
import { accident } from "./log";
import { clientAddress, isSameOrigin } from "./request";

type Handler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** Answers of doors are for who asked and nobody else. */
const HEADERS = {
  "Cache-Control": "private, no-store",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
};

/**
 * A door for signed-in people where a page or action does not fit: downloads, uploads, the body of a mail.
 * With "signed-in" the predicate of the rows decides. Anything but GET must come from one of our pages.
 * @param name what the audit log calls a refused try.
 */
export function personDoor<Params = Record<string, never>>(
  right: Right | "signed-in",
  name: string,
  run: (access: Access, request: Request, params: Params) => Promise<Response>,
): Handler<Params> {
  return (request, context) =>
    answered(name, async () => {
      const address = await clientAddress();
      const access = await currentAccess();
      const refuse = async (status: number, reason: string) => {
        await auditRefused(actorOf(access, address), { action: name, target: "" }, reason);
        return problem(status, reason);
      };
      if (request.method !== "GET" && !isSameOrigin(request.headers))
        return refuse(403, "Not sent by a page of this product.");
      if (!access) return refuse(401, "Sign in first.");
      if (request.method !== "GET" && access.preview)
        return refuse(403, `This is a preview of ${access.preview.name}. Nothing was changed.`);
      if (!passes(access, right) || access.mustChangePassword)
        return refuse(403, `Your role needs the right ${right}.`);
      return run(access, request, await context.params);
    });
}

/** A door for machines, which bring a key of their own: `run` looks at it first. */
export function door<Params = Record<string, never>>(
  name: string,
  run: (request: Request, params: Params) => Promise<Response>,
): Handler<Params> {
  return (request, context) => answered(name, async () => run(request, await context.params));
}

/** @returns an answer that says what is wrong in one sentence. */
export function problem(status: number, message: string): Response {
  return Response.json({ error: message }, { status });
}

/** @param name file name that the browser suggests; letters of every script stay, what means something to a file system goes. */
export function download(body: BodyInit, name: string, contentType: string): Response {
  const safe = name
    .toWellFormed()
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, "-")
    .replace(/^[.-]+/, "");
  const plain = safe.replace(/[^\w.-]+/g, "-");
  // RFC 6266: the second one counts where it is understood.
  const whole = safe === plain ? "" : `; filename*=UTF-8''${encodeURIComponent(safe)}`;
  return new Response(body, {
    headers: { "Content-Type": contentType, "Content-Disposition": `attachment; filename="${plain}"${whole}` },
  });
}

async function answered(name: string, work: () => Promise<Response>): Promise<Response> {
  const response = await work().catch((error: unknown) => failed(error, name));
  for (const [head, value] of Object.entries(HEADERS))
    if (!response.headers.has(head)) response.headers.set(head, value);
  return response;
}

function failed(error: unknown, name: string): Response {
  // What `notFound()`, `forbidden()` and `redirect()` throw: a query behind a door uses them as behind a page.
  const digest = String((error as { digest?: unknown } | null)?.digest ?? "");
  const interrupt = /^NEXT_HTTP_ERROR_FALLBACK;(\d{3})/.exec(digest);
  if (interrupt) return problem(Number(interrupt[1]), "This does not exist, or not for your role.");
  // The session ended after the door was passed.
  if (digest.startsWith("NEXT_REDIRECT;")) return problem(401, "Sign in first.");
  const known = accident(error instanceof Error ? error : new Error(String(error)), name);
  if (isDatabaseAway(known)) return problem(503, "The database is away for a moment. Try again.");
  return problem(500, `Something failed. Number: ${(known as { digest?: string }).digest}`);
}
