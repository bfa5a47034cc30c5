import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "../db";
import { jobKeys, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import type { JobKey } from "./keys";
import { type Filed, toRun } from "./rules";
import { storeRuns } from "./store-runs";

/** Ties a mail to the job of its key, and makes its run, when there is such a job. @returns the id of the job, or null. */
export async function fileKnown(tx: Tx, mail: Filed, key: JobKey | null): Promise<string | null> {
  const jobId = key && (await knownJob(tx, key));
  if (!jobId) return null;
  await storeRuns(tx, jobId, [toRun(mail)]);
  await tx.update(mails).set({ jobId }).where(eq(mails.id, mail.id));
  return jobId;
}

/** @returns the job in use that is known by the key, or null. */
export async function knownJob(tx: Tx, { matchKey, sender }: JobKey): Promise<string | null> {
  const [job] = await tx
    .select({ id: jobs.id })
    .from(jobKeys)
    .innerJoin(jobs, eq(jobs.id, jobKeys.jobId))
    .where(and(eq(jobKeys.matchKey, matchKey), eq(jobKeys.sender, sender), isNull(jobs.archivedAt)));
  return job?.id ?? null;
}
