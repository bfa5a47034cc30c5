import "server-only";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { db, transaction } from "../db";
import { mails } from "../db/schema/mails";
import { isDatabaseAway } from "../errors";
import { log } from "../log";
import { readMail } from "../mail/read";
import type { RuleSet } from "../mail/rules/types";
import { rulesNow } from "../mail-rules/current";
import { stopSignal } from "../stopping";
import { fileMail } from "./file-mail";

const AT_ONCE = 4;
const ATTEMPTS = 3;

type Taken = { id: string; raw: Uint8Array; receivedAt: Date };

/**
 * Reads the mails that wait and turns those of known jobs into runs, oldest first. A mail that makes trouble is tried
 * again a minute later, and after the third time kept as unreadable; it never stops the next one.
 */
export async function fileMails(): Promise<void> {
  while (!stopSignal().aborted) {
    await giveUp();
    const taken = await take();
    if (taken.length === 0) return;
    const rules = await rulesNow(db());
    await Promise.all(taken.map((mail) => readAndFile(mail, rules)));
  }
}

async function readAndFile({ id, raw, receivedAt }: Taken, rules: RuleSet): Promise<void> {
  try {
    const read = await readMail(raw, receivedAt.toISOString(), rules).catch((error: unknown) => notTried(id, error));
    await transaction((tx) => fileMail(tx, id, read));
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    log.error({ mail: id, err: error }, "a mail could not be filed");
  }
}

/** The reader itself is at fault, not the mail: this try does not count. */
async function notTried(id: string, error: unknown): Promise<never> {
  await transaction((tx) =>
    tx
      .update(mails)
      .set({ attempts: sql`${mails.attempts} - 1` })
      .where(eq(mails.id, id)),
  );
  throw error;
}

/** Marks mails as taken in a transaction of its own: reading takes seconds, and the embedded database has one session. */
async function take(): Promise<Taken[]> {
  return transaction(async (tx) => {
    const waiting = tx
      .select({ id: mails.id })
      .from(mails)
      .where(and(eq(mails.kind, "waiting"), isFree, lt(mails.attempts, ATTEMPTS)))
      .orderBy(mails.receivedAt)
      .limit(AT_ONCE)
      .for("update", { skipLocked: true });
    return tx
      .update(mails)
      .set({ attempts: sql`${mails.attempts} + 1`, attemptedAt: sql`now()` })
      .where(sql`${mails.id} in ${waiting}`)
      .returning({ id: mails.id, raw: mails.raw, receivedAt: mails.receivedAt });
  });
}

async function giveUp(): Promise<void> {
  await transaction((tx) =>
    tx
      .update(mails)
      .set({ kind: "unreadable", error: "Reading the mail failed three times." })
      .where(and(eq(mails.kind, "waiting"), isFree, sql`${mails.attempts} >= ${ATTEMPTS}`)),
  );
}

const isFree = or(isNull(mails.attemptedAt), lt(mails.attemptedAt, sql`now() - interval '1 minute'`));
