import "server-only";
import { and, eq, isNotNull, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { coveredJobs, coversEveryJob } from "../access/scope";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";

/** Mails in the Inbox: tied to no job, not deleted. Of a digest its parts, and itself only when it says more than they do. */
export const inboxMails = (access: Access): SQL | undefined =>
  and(
    isNull(mails.jobId),
    isNull(mails.deletedAt),
    or(ne(mails.kind, "digest"), and(isNotNull(mails.error), digestMails(access))),
    sql`${can(access, "inbox.view")}`,
  );

/** Digests speak of many customers at once: they are for those from whom no job of any customer is hidden. */
export const digestMails = (access: Access): SQL | undefined =>
  and(eq(mails.kind, "digest"), isNull(mails.deletedAt), sql`${can(access, "inbox.view") && coversEveryJob(access)}`);

export const deletedMails = (access: Access): SQL | undefined =>
  and(isNotNull(mails.deletedAt), sql`${can(access, "deleted_mails.manage")}`);

/** Every mail that a role may read: where it lies decides which right that takes. */
export function visibleMails(access: Access): SQL | undefined {
  const job = db()
    .select({ id: jobs.id })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobs.id, mails.jobId), coveredJobs(access)));
  const ofJob = and(isNotNull(mails.jobId), isNull(mails.deletedAt), sql`exists ${job}`);
  return or(inboxMails(access), deletedMails(access), digestMails(access), ofJob);
}
