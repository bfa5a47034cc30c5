import "server-only";
import { and, asc, eq, isNull, notInArray } from "drizzle-orm";
import type { Tx } from "../db";
import { jobKeys } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import type { ReadMail } from "../mail/parse/types";
import { storable } from "../mails/storable";
import { columnsOf, filedColumns } from "./file-mail";
import { fileParts, partColumns } from "./file-parts";
import { type JobKey, jobKeyOf, lockKeys, toJobKey } from "./keys";
import { fileKnown } from "./known";
import { partsOf } from "./parts";
import type { Filed } from "./rules";
import { updateRun } from "./update-run";

/**
 * Writes down what is read of a mail now, and lets its run, its parts and its place follow.
 * @param alsoReviewed changes runs that somebody has reviewed; they come up again when their status changes.
 * @returns whether it was changed: not when its run was reviewed, or when it is gone.
 */
export async function refile(tx: Tx, id: string, read: ReadMail, alsoReviewed: boolean): Promise<boolean> {
  const kept = storable(read);
  const columns = columnsOf(kept);
  await lockKeys(
    tx,
    kept.runs.map(({ matchKey }) => toJobKey(matchKey, columns.fromAddress)),
  );
  const [mail] = await tx
    .select({ ...filedColumns, jobId: mails.jobId, matchKey: mails.matchKey })
    .from(mails)
    .where(eq(mails.id, id))
    .for("update");
  if (!mail) return false;
  const stays = columns.kind === "run" || columns.kind === "unknown" || columns.kind === "unreadable";
  const now: Filed = { ...mail, kind: columns.kind, parsed: kept.runs, error: columns.error, sentAt: columns.sentAt };
  if (mail.jobId && stays) {
    if (!(await updateRun(tx, mail.jobId, now, alsoReviewed))) return false;
    await tx.update(mails).set(columns).where(eq(mails.id, id));
    await learnToo(tx, mail.jobId, mail.matchKey, columns.matchKey, columns.fromAddress);
    return true;
  }
  if (mail.jobId && !(await dropRun(tx, id, alsoReviewed))) return false;
  await tx
    .update(mails)
    .set({ ...columns, jobId: null, approvedAt: null, approvedBy: null })
    .where(eq(mails.id, id));
  if (mail.deletedAt) return true;
  if (columns.kind === "digest") await refileParts(tx, mail, kept, alsoReviewed);
  else await fileKnown(tx, now, jobKeyOf({ kind: columns.kind, parsed: kept.runs }, columns.fromAddress));
  return true;
}

/** What is no result of one job any more leaves it. */
async function dropRun(tx: Tx, mailId: string, alsoReviewed: boolean): Promise<boolean> {
  const [run] = await tx.select({ id: runs.id, reviewedAt: runs.reviewedAt }).from(runs).where(eq(runs.mailId, mailId));
  if (run?.reviewedAt && !alsoReviewed) return false;
  if (run) await tx.delete(runs).where(eq(runs.id, run.id));
  return true;
}

/** The next mails look like this one is read now: who knew it by the former key knows it by the new one too. */
async function learnToo(
  tx: Tx,
  jobId: string,
  former: string | null,
  now: string | null,
  sender: string,
): Promise<void> {
  if (!former || !now || former === now) return;
  const [known] = await tx
    .select({ jobId: jobKeys.jobId })
    .from(jobKeys)
    .where(and(eq(jobKeys.matchKey, former), eq(jobKeys.sender, sender), eq(jobKeys.jobId, jobId)));
  if (known)
    await tx
      .insert(jobKeys)
      .values({ matchKey: now, sender, jobId } satisfies JobKey & { jobId: string })
      .onConflictDoNothing();
}

type Digest = Parameters<typeof fileParts>[1];

/** As many parts as before are the same parts, read better; else new ones are added, and unfiled ones that are no more go. */
async function refileParts(tx: Tx, digest: Digest, read: ReadMail, alsoReviewed: boolean): Promise<void> {
  const there = await tx
    .select({ id: mails.id, jobId: mails.jobId, dedupeKey: mails.dedupeKey })
    .from(mails)
    .where(eq(mails.parentId, digest.id))
    .orderBy(asc(mails.part))
    .for("update");
  const parts = partsOf(digest.dedupeKey, read);
  if (there.length === parts.length) {
    for (const [index, part] of parts.entries()) {
      const old = there[index];
      if (!old || old.dedupeKey === part.dedupeKey) continue;
      const columns = partColumns(digest, read, part);
      const now: Filed = { ...digest, id: old.id, kind: part.kind, parsed: [part.run], error: null };
      if (old.jobId && !(await updateRun(tx, old.jobId, now, alsoReviewed))) continue;
      await tx.update(mails).set(columns).where(eq(mails.id, old.id));
      if (!old.jobId) await fileKnown(tx, now, jobKeyOf({ kind: part.kind, parsed: [part.run] }, columns.fromAddress));
    }
    return;
  }
  const kept = ["", ...parts.map(({ dedupeKey }) => dedupeKey)];
  await tx
    .delete(mails)
    .where(and(eq(mails.parentId, digest.id), isNull(mails.jobId), notInArray(mails.dedupeKey, kept)));
  await fileParts(tx, digest, read);
}
