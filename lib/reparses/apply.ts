import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { db, transaction } from "../db";
import { reparseChanges, reparses } from "../db/schema/mail-rules";
import { mails } from "../db/schema/mails";
import { refile } from "../filing/refile";
import { log } from "../log";
import { readMail } from "../mail/read";
import { rulesNow } from "../mail-rules/current";
import type { ReparseChoice } from "./types";

type Reparse = typeof reparses.$inferSelect;

const AT_ONCE = 8;

/** Applies the next few changes, each mail in a transaction of its own. @returns false when it is not to go on. */
export async function applySome({ id, choice }: Reparse): Promise<boolean> {
  const next = await db()
    .select({ mailId: reparseChanges.mailId, raw: mails.raw, receivedAt: mails.receivedAt, purged: mails.rawPurgedAt })
    .from(reparseChanges)
    .innerJoin(mails, eq(mails.id, reparseChanges.mailId))
    .where(and(eq(reparseChanges.reparseId, id), isNull(reparseChanges.appliedAt)))
    .orderBy(asc(reparseChanges.mailId))
    .limit(AT_ONCE);
  if (next.length === 0) return finish(id);
  const rules = await rulesNow(db());
  const alsoReviewed = (choice as ReparseChoice).alsoReviewed === true;
  for (const { mailId, raw, receivedAt, purged } of next) {
    const read = purged ? null : await readMail(raw, receivedAt.toISOString(), rules);
    const goesOn = await transaction(async (tx) => {
      const [open] = await tx
        .select({ id: reparses.id })
        .from(reparses)
        .where(and(eq(reparses.id, id), eq(reparses.state, "applying")))
        .for("share");
      if (!open) return false;
      const [taken] = await tx
        .update(reparseChanges)
        .set({ appliedAt: sql`now()` })
        .where(
          and(eq(reparseChanges.reparseId, id), eq(reparseChanges.mailId, mailId), isNull(reparseChanges.appliedAt)),
        )
        .returning({ mailId: reparseChanges.mailId });
      if (taken && read && (await refile(tx, mailId, read, alsoReviewed)))
        await tx
          .update(reparses)
          .set({ applied: sql`${reparses.applied} + 1` })
          .where(eq(reparses.id, id));
      return true;
    }).catch((error: unknown) => {
      log.error({ mail: mailId, err: error }, "a mail could not be read once more");
      return skip(id, mailId);
    });
    if (!goesOn) return false;
  }
  return true;
}

/** One that makes trouble is left as it was; the others go on. */
async function skip(id: string, mailId: string): Promise<boolean> {
  await transaction((tx) =>
    tx
      .update(reparseChanges)
      .set({ appliedAt: sql`now()` })
      .where(and(eq(reparseChanges.reparseId, id), eq(reparseChanges.mailId, mailId))),
  );
  return true;
}

async function finish(id: string): Promise<boolean> {
  await transaction((tx) =>
    tx
      .update(reparses)
      .set({ state: "applied", endedAt: sql`now()` })
      .where(and(eq(reparses.id, id), eq(reparses.state, "applying"))),
  );
  return true;
}
