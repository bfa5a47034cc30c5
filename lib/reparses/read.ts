import "server-only";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import { db, transaction } from "../db";
import { reparseChanges, reparses } from "../db/schema/mail-rules";
import { mails } from "../db/schema/mails";
import { kindOf } from "../filing/parts";
import type { ParsedRun } from "../mail/parse/types";
import { readMail } from "../mail/read";
import { rulesNow } from "../mail-rules/current";
import { storable } from "../mails/storable";
import { chosenMails, withSource } from "./chosen";
import { isSame, type ReparseChoice, readingOf } from "./types";

type Reparse = typeof reparses.$inferSelect;

const AT_ONCE = 8;

/**
 * Reads the next few mails and notes which would be read differently now.
 * @returns false when somebody else went on with it meanwhile.
 */
export async function readSome({ id, choice, cursor }: Reparse): Promise<boolean> {
  const next = await db()
    .select({
      id: mails.id,
      raw: mails.raw,
      receivedAt: mails.receivedAt,
      kind: mails.kind,
      parsed: sql<ParsedRun[]>`${mails.parsed}`,
    })
    .from(mails)
    .where(and(chosenMails(choice as ReparseChoice), withSource, cursor ? gt(mails.id, cursor) : undefined))
    .orderBy(asc(mails.id))
    .limit(AT_ONCE);
  const rules = await rulesNow(db());
  const changes = await Promise.all(
    next.map(async (mail) => {
      const read = storable(await readMail(mail.raw, mail.receivedAt.toISOString(), rules));
      const before = readingOf({ kind: mail.kind, runs: mail.parsed });
      const after = readingOf({ kind: kindOf(read), runs: read.runs });
      return isSame(before, after) ? [] : [{ reparseId: id, mailId: mail.id, before, after }];
    }),
  );
  return transaction(async (tx) => {
    const done = { done: sql`${reparses.done} + ${next.length}`, cursor: next.at(-1)?.id ?? cursor };
    const [noted] = await tx
      .update(reparses)
      .set(next.length > 0 ? done : { state: "ready" })
      .where(
        and(eq(reparses.id, id), eq(reparses.state, "reading"), sql`${reparses.cursor} is not distinct from ${cursor}`),
      )
      .returning({ id: reparses.id });
    if (!noted) return false;
    if (changes.flat().length > 0) await tx.insert(reparseChanges).values(changes.flat()).onConflictDoNothing();
    if (next.length === 0) await closeIfSame(tx, id);
    return true;
  });
}

/** Nothing to decide where nothing would change. */
async function closeIfSame(tx: Parameters<Parameters<typeof transaction>[0]>[0], id: string): Promise<void> {
  if ((await tx.$count(reparseChanges, eq(reparseChanges.reparseId, id))) > 0) return;
  await tx.update(reparses).set({ state: "applied", endedAt: sql`now()` }).where(eq(reparses.id, id));
}
