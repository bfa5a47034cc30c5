import "server-only";
import { and, asc, eq, inArray, or, sql } from "drizzle-orm";
import { refresh } from "next/cache";
import { z } from "zod";
import { coveredJobs } from "../access/scope";
import type { Answer, Context } from "../action";
import { customers, jobKeys, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { UserError } from "../errors";
import { fields } from "../form";
import type { ParsedRun } from "../mail/parse/types";
import { nextInInbox } from "../mails/next";
import { subjectLabel } from "../mails/rules";
import { inboxMails } from "../mails/visible";
import { chooseJob } from "./choose-job";
import { type JobKey, lockKeys } from "./keys";
import { whatHappened } from "./meanwhile";
import { toRun } from "./rules";
import { storeRuns } from "./store-runs";

/** Of the waiting mails with the same key so many become runs at once; the sweep of the next approval takes the rest. */
const TOGETHER = 1000;

export const approvalSchema = z.object({
  mail: fields.id,
  customer: fields.line("a customer"),
  /** "" for a new one. */
  job: fields.optionalId,
  name: fields.optionalLine(),
  software: fields.optionalLine(),
  host: fields.optionalLine(),
  job_type: fields.optionalLine(100),
  resource_type: fields.optionalId,
});
export type Approval = z.output<typeof approvalSchema>;

/** What `approveMail` does in its transaction. */
export async function approve(context: Context, input: Approval): Promise<Answer> {
  const { mail, job } = await approveOne(context, input);
  return {
    message: `“${subjectLabel(mail.subject)}” was approved to ${job.customer}, ${job.name}.`,
    redirectTo: `/inbox${await nextInInbox(context.tx, context.access, mail.id)}?approved=${mail.id}`,
    // Without it the menu would go on showing the former number of waiting mails.
    afterwards: async () => refresh(),
  };
}

/** @returns the mail and the job it belongs to now, and the ids of all mails that went along. */
export async function approveOne(context: Context, input: Approval) {
  const { actor, tx, audit } = context;
  const key = await keyOfMail(context, input.mail);
  if (key) await lockKeys(tx, [key]);
  const waiting = await lockMails(context, input.mail, key);
  const mail = waiting.find(({ id }) => id === input.mail);
  if (!mail) throw await whatHappened(context, input.mail);
  if (mail.kind === "waiting") throw new UserError("This mail is still being read. Try again in a moment.");
  if (mail.kind === "info") throw new UserError("This mail is no result of a backup. It can only be deleted.");

  const job = await chooseJob(context, input);
  const formerJob = key && (await learn(context, key, job.id));
  const added = await storeRuns(tx, job.id, waiting.map(toRun));
  const ids = waiting.map(({ id }) => id);
  await tx
    .update(mails)
    .set({ jobId: job.id, approvedAt: sql`now()`, approvedBy: actor.name })
    .where(inArray(mails.id, ids));
  audit({
    action: "mail.approve",
    target: subjectLabel(mail.subject),
    targetId: mail.id,
    before: formerJob ? { job: formerJob } : undefined,
    after: { customer: job.customer, job: job.name, status: toRun(mail).status, mails: ids.length, runs: added.length },
  });
  return { mail, job, ids };
}

async function keyOfMail({ access, tx }: Context, id: string): Promise<JobKey | null> {
  const [mail] = await tx
    .select({ matchKey: mails.matchKey, sender: mails.fromAddress })
    .from(mails)
    .where(and(eq(mails.id, id), eq(mails.kind, "run"), inboxMails(access)));
  return mail?.matchKey ? { matchKey: mail.matchKey, sender: mail.sender } : null;
}

/** The mail and those that go with it, in the order of their ids, as everybody locks mails. */
async function lockMails({ access, tx }: Context, id: string, key: JobKey | null) {
  const { subject, kind, error, sentAt, receivedAt, senderCheck } = mails;
  return tx
    .select({
      ...{ id: mails.id, subject, kind, error, sentAt, receivedAt, senderCheck },
      parsed: sql<ParsedRun[]>`${mails.parsed}`,
    })
    .from(mails)
    .where(
      and(inboxMails(access), or(eq(mails.id, id), key ? sql`${mails.id} in ${sameKey(tx, access, key)}` : undefined)),
    )
    .orderBy(asc(mails.id))
    .for("update");
}

function sameKey(tx: Context["tx"], access: Context["access"], { matchKey, sender }: JobKey) {
  return tx
    .select({ id: mails.id })
    .from(mails)
    .where(and(inboxMails(access), eq(mails.matchKey, matchKey), eq(mails.fromAddress, sender), eq(mails.kind, "run")))
    .orderBy(asc(mails.receivedAt))
    .limit(TOGETHER);
}

/** From now on mails of this key belong to the job. @returns the name of the job they belonged to before, or null. */
async function learn({ access, tx }: Context, key: JobKey, jobId: string): Promise<string | null> {
  const [former] = await tx
    .select({ id: jobs.id, name: jobs.name, isCovered: sql<boolean>`${coveredJobs(access)}` })
    .from(jobKeys)
    .innerJoin(jobs, eq(jobs.id, jobKeys.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobKeys.matchKey, key.matchKey), eq(jobKeys.sender, key.sender)));
  // Nobody turns to a job of theirs what comes in for one that their role does not cover.
  if (former && !former.isCovered) return null;
  await tx
    .insert(jobKeys)
    .values({ ...key, jobId })
    .onConflictDoUpdate({ target: [jobKeys.matchKey, jobKeys.sender], set: { jobId } });
  return former && former.id !== jobId ? former.name : null;
}
