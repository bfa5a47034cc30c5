import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { db, type Tx } from "../db";
import { intakeKeys } from "../db/schema/intake-keys";

export type IntakeKey = { id: string; name: string };

/** @returns a new key: 256 bits, with a beginning by which scanners for leaked secrets can find it. */
export const newKey = (): string => `bck_${randomBytes(32).toString("base64url")}`;

/** @returns what is stored of a key. */
export const hashKey = (key: string): string => createHash("sha256").update(key).digest("base64url");

/** @param authorization the head of that name. @returns the key it names, or null for one that is wrong or has ended; the same work for both. */
export async function findKey(authorization: string | null): Promise<IntakeKey | null> {
  const key = /^Bearer +(\S{1,200})$/i.exec(authorization ?? "")?.[1] ?? "";
  const [found] = await db()
    .select({ id: intakeKeys.id, name: intakeKeys.name })
    .from(intakeKeys)
    .where(and(eq(intakeKeys.keyHash, hashKey(key)), isNull(intakeKeys.endedAt)));
  return found ?? null;
}

/** Notes that a key brought a mail. */
export async function noteUse(tx: Tx, { id }: IntakeKey): Promise<void> {
  await tx
    .update(intakeKeys)
    .set({ lastUsedAt: sql`now()`, mailCount: sql`${intakeKeys.mailCount} + 1` })
    .where(eq(intakeKeys.id, id));
}
