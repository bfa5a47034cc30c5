import "server-only";
import { and, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { customers, jobs, mails } from "../db/schema/desk";

/** Mails in the Inbox: tied to no job, not deleted. */
export const inboxMails = (access: Access): SQL | undefined =>
  and(isNull(mails.jobId), isNull(mails.deletedAt), sql`${can(access, "inbox.view")}`);

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
  return or(inboxMails(access), deletedMails(access), ofJob);
}
