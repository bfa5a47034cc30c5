import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env";

/** Secrets of others that this product must be able to say again (passwords of mailboxes): sealed in the database. */

const VERSION = "1";
let derived: Buffer | undefined;

/**
 * @param purpose what the secret belongs to, such as "mail source <id>": sealed for one thing, it opens for no other.
 * @returns the text under AES-256-GCM with a key made from SECRETS_KEY, or else from AUTH_SECRET.
 */
export function seal(text: string, purpose: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key(), nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/**
 * @param sealed what `seal` returned for the same purpose.
 * @returns the text; null when it was sealed with another key or for another purpose, or was changed.
 */
export function unseal(sealed: string, purpose: string): string | null {
  const [version, content = ""] = sealed.split(".");
  const bytes = Buffer.from(content, "base64url");
  if (version !== VERSION || bytes.length < 28) return null;
  const decipher = createDecipheriv("aes-256-gcm", key(), bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function key(): Buffer {
  derived ??= Buffer.from(hkdfSync("sha256", env().SECRETS_KEY ?? env().AUTH_SECRET, "", "sealed secrets", 32));
  return derived;
}
