import "server-only";
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "../db";

/** By what later mails of a job are known. */
export type JobKey = { matchKey: string; sender: string };

/** Longer ones do not fit into an index of PostgreSQL. */
const LONGEST_BYTES = 1000;

/** @returns the key as it is stored: as it is, or its digest when somebody wrote a book into it. */
export function storedKey(matchKey: string): string {
  if (Buffer.byteLength(matchKey) <= LONGEST_BYTES) return matchKey;
  return `sha256:${createHash("sha256").update(matchKey).digest("base64url")}`;
}

/**
 * Until the transaction ends, nobody else files or approves mails of this key: or a mail that is being filed could miss
 * the approval that is being made. Taken before any row is locked.
 */
export async function lockKey(tx: Tx, { matchKey, sender }: JobKey): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7410010, hashtext(${`${matchKey}\n${sender}`}))`);
}
