import "server-only";
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "../db";
import { keyOf } from "./rules";

/** By what later mails of a job are known. */
export type JobKey = { matchKey: string; sender: string };

/** Longer ones do not fit into an index of PostgreSQL. */
const LONGEST_BYTES = 1000;

/** @returns the key as it is stored: as it is, or its digest when somebody wrote a book into it. */
export function storedKey(matchKey: string): string {
  if (Buffer.byteLength(matchKey) <= LONGEST_BYTES) return matchKey;
  return `sha256:${createHash("sha256").update(matchKey).digest("base64url")}`;
}

/** @returns the key of a mail with one recognised result, else null. */
export function jobKeyOf(mail: Parameters<typeof keyOf>[0], sender: string): JobKey | null {
  const key = keyOf(mail);
  return key === null ? null : toJobKey(key, sender);
}

export const toJobKey = (matchKey: string, sender: string): JobKey => ({ matchKey: storedKey(matchKey), sender });

/**
 * Until the transaction ends, nobody else files or approves mails of these keys: or a mail that is being filed could miss
 * the approval that is being made. Taken before any row is locked, and by everybody in the same order.
 */
export async function lockKeys(tx: Tx, keys: readonly JobKey[]): Promise<void> {
  const names = [...new Set(keys.map(({ matchKey, sender }) => `${matchKey}\n${sender}`))].sort();
  for (const name of names) await tx.execute(sql`select pg_advisory_xact_lock(7410010, hashtext(${name}))`);
}
