import "server-only";
import { and, desc, eq, isNull, or } from "drizzle-orm";
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

/** @returns the job in use that is known by the key, or null. Keys of before had the name of the job in lower case. */
export async function knownJob(tx: Tx, { matchKey, sender }: JobKey): Promise<string | null> {
  const exact = eq(jobKeys.matchKey, matchKey);
  const former = and(eq(jobKeys.matchKey, matchKey.toLowerCase()), eq(jobs.name, matchKey.split("|")[2] ?? ""));
  const [job] = await tx
    .select({ id: jobs.id })
    .from(jobKeys)
    .innerJoin(jobs, eq(jobs.id, jobKeys.jobId))
    .where(and(or(exact, former), eq(jobKeys.sender, sender), isNull(jobs.archivedAt)))
    .orderBy(desc(exact))
    .limit(1);
  return job?.id ?? null;
}
