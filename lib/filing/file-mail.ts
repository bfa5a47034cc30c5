import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "../db";
import { jobKeys, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import type { ReadMail } from "../mail/parse/types";
import { storable } from "../mails/storable";
import { type JobKey, lockKey, storedKey } from "./keys";
import { keyOf, toRun } from "./rules";
import { storeRuns } from "./store-runs";

/** Writes down what was read of a mail, and files it when its key belongs to a job. Does nothing for one that is no longer waiting. */
export async function fileMail(tx: Tx, id: string, read: ReadMail): Promise<void> {
  const { subject, fromName, sentAt, text, html, kind, parser, runs: parsed, attachments, error } = storable(read);
  const sender = storable(read.fromAddress).slice(0, 320);
  const key = keyOf({ kind, parsed });
  const jobKey = key === null ? null : { matchKey: storedKey(key), sender };
  if (jobKey) await lockKey(tx, jobKey);
  const [mail] = await tx
    .update(mails)
    .set({
      ...{ subject, fromName, text, html, kind, parser, parsed, attachments, error },
      fromAddress: sender,
      sentAt: sentAt === null ? null : new Date(sentAt),
      matchKey: jobKey?.matchKey ?? null,
    })
    .where(and(eq(mails.id, id), eq(mails.kind, "waiting")))
    .returning({ receivedAt: mails.receivedAt, sentAt: mails.sentAt, deletedAt: mails.deletedAt });
  if (!mail || mail.deletedAt || !jobKey) return;
  const jobId = await knownJob(tx, jobKey);
  if (!jobId) return;
  await storeRuns(tx, jobId, [toRun({ ...mail, id, kind, parsed, error })]);
  await tx.update(mails).set({ jobId }).where(eq(mails.id, id));
}

async function knownJob(tx: Tx, { matchKey, sender }: JobKey): Promise<string | null> {
  const [job] = await tx
    .select({ id: jobs.id })
    .from(jobKeys)
    .innerJoin(jobs, eq(jobs.id, jobKeys.jobId))
    .where(and(eq(jobKeys.matchKey, matchKey), eq(jobKeys.sender, sender), isNull(jobs.archivedAt)));
  return job?.id ?? null;
}
