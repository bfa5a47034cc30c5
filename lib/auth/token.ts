import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";
import { env } from "../env";

/**
 * What the cookie carries. `secret` names the session; the rest is a hint for middleware.ts, which spares people a
 * detour and decides nothing.
 */
const content = z.object({
  secret: z.string().min(40),
  role: z.string(),
  rights: z.array(z.string()),
  /** When the hint was read from the database, in milliseconds since the epoch. */
  readAt: z.number(),
});
export type Token = z.output<typeof content>;

const AUDIENCE = Buffer.from("backupchecks session 1");
let derived: Buffer | undefined;

/** @returns the cookie's value: AES-256-GCM, so it can be neither read nor changed in the browser. */
export function encodeToken(token: Token): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", tokenKey(), nonce).setAAD(AUDIENCE);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(token), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** @returns the token in a cookie, or null for anything that this installation did not make. Never throws for bad input. */
export function decodeToken(value: string | undefined): Token | null {
  if (!value || value.length > 4096) return null;
  const key = tokenKey();
  try {
    const bytes = Buffer.from(value, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(AUDIENCE).setAuthTag(bytes.subarray(12, 28));
    const opened = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    return content.parse(JSON.parse(opened));
  } catch {
    return null;
  }
}

/** @returns a new session secret (256 bits). */
export const newSecret = (): string => randomBytes(32).toString("base64url");

function tokenKey(): Buffer {
  derived ??= Buffer.from(hkdfSync("sha256", env().AUTH_SECRET, "", "session token", 32));
  return derived;
}
