import "server-only";
import { z } from "zod";
import { UserError } from "../errors";
import { Refused, Throttled } from "./words";

/** Access tokens by OAuth 2.0 (RFC 6749): from a refresh token (section 6), or from the client's own credentials (section 4.4). */

const ANSWER_MS = 15_000;
const ANSWER_BYTES = 200_000;
/** A token is asked for anew this long before it ends. */
const EARLY_MS = 60_000;

type Asked = {
  /** The token endpoint. */
  url: string;
  /** Who must correct it when it is refused: "The sign-in service of the mailbox". */
  who: string;
  form: Record<string, string>;
  signal: AbortSignal;
};
export type Token = { value: string; endsAt: number; refreshToken?: string };

const answerSchema = z.object({
  access_token: z.string().min(1).max(100_000),
  expires_in: z.coerce.number().min(0).max(31_536_000).default(3600),
  refresh_token: z.string().max(100_000).optional(),
});

// One per process: the bundler may give each page a copy of this module.
const kept = globalThis as typeof globalThis & { backupchecksTokens?: Map<string, Token> };

/**
 * @param key what it is for, e.g. id and version of a source: as long as it is good, the same token is returned for it.
 * @throws Refused when the service says no, Throttled, or what the network throws.
 */
export async function tokenFor(key: string, asked: Asked): Promise<Token> {
  kept.backupchecksTokens ??= new Map();
  const known = kept.backupchecksTokens.get(key);
  if (known && known.endsAt - EARLY_MS > Date.now()) return known;
  const token = await fetchToken(asked);
  if (kept.backupchecksTokens.size > 500) kept.backupchecksTokens.clear();
  kept.backupchecksTokens.set(key, token);
  return token;
}

/** The other side did not believe it: the next one is asked for anew. */
export function forgetToken(key: string): void {
  kept.backupchecksTokens?.delete(key);
}

async function fetchToken({ url, who, form, signal }: Asked): Promise<Token> {
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  });
  if (answer.status === 429 || answer.status === 503) throw new Throttled(who, retryAfter(answer) ?? 60);
  const text = (await answer.text()).slice(0, ANSWER_BYTES);
  if (!answer.ok) throw new Refused(`${who} refused the credentials${errorCode(text)}.`);
  const parsed = answerSchema.safeParse(readJson(text));
  if (!parsed.success) throw new UserError(`${who} did not answer with an access token.`);
  const { access_token: value, expires_in: seconds, refresh_token: refreshToken } = parsed.data;
  return { value, endsAt: Date.now() + seconds * 1000, refreshToken };
}

/** @returns how long the other side asks to wait, in seconds, or null. */
export function retryAfter(answer: Response): number | null {
  const head = answer.headers.get("retry-after") ?? "";
  const seconds = /^\d{1,6}$/.test(head) ? Number(head) : (Date.parse(head) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) : null;
}

/** Only its code (RFC 6749, 5.2): what else it says may repeat what was sent. */
function errorCode(text: string): string {
  const { error } = (readJson(text) ?? {}) as { error?: unknown };
  return typeof error === "string" && /^[\w-]{1,60}$/.test(error) ? ` (${error})` : "";
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
