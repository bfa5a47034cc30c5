import "server-only";
import { and, desc, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { coveredJobs } from "../../access/scope";
import type { Answer, Context } from "../../action";
import type { Tx } from "../../db";
import { customers, jobKeys, jobs } from "../../db/schema/desk";
import { mails } from "../../db/schema/mails";
import { runs } from "../../db/schema/runs";
import { UserError } from "../../errors";
import type { ParsedRun } from "../../mail/parse/types";
import { applyOverrides } from "../../overrides/apply";
import { CHOSEN_RESOURCES } from "../choose-job";
import { type JobKey, lockKeys } from "../keys";
import { lockJobs } from "./locked";
import type { splitSchema } from "./schema";

/** Chosen keys of a job, and the runs that came by them, become a job of their own. */
export async function split(context: Context, input: z.output<typeof splitSchema>): Promise<Answer> {
  const { tx, audit } = context;
  const chosen = input.keys.map(({ match_key, sender }): JobKey => ({ matchKey: match_key, sender }));
  await lockKeys(tx, chosen);
  const [job] = await lockJobs(context, [input.id]);
  if (!job) throw new Error("One job was asked for.");
  await mustBeSome(tx, job.id, chosen);
  const told = await toldOf(tx, job.id, chosen);
  const { customerId, resourceTypeId, timeZone, expects } = job;
  const named = {
    name: input.name,
    host: input.host,
    software: told?.software || job.software,
    jobType: told?.jobType || job.jobType,
  };
  const [made] = await tx
    .insert(jobs)
    .values({ ...named, customerId, resourceTypeId, timeZone, expects: expects === "planned" ? "learned" : expects })
    .returning({ id: jobs.id });
  if (!made) throw new Error("No job was made.");
  if (!(await isCovered(context, made.id))) throw new UserError(CHOSEN_RESOURCES, "name");
  const moved = await tx
    .update(mails)
    .set({ jobId: made.id })
    .where(and(eq(mails.jobId, job.id), ofKeys(mails.matchKey, mails.fromAddress, chosen)))
    .returning({ id: mails.id });
  const theirs = tx.select({ id: mails.id }).from(mails).where(eq(mails.jobId, made.id));
  const taken = await tx
    .update(runs)
    .set({ jobId: made.id })
    .where(and(eq(runs.jobId, job.id), sql`${runs.mailId} in ${theirs}`))
    .returning({ id: runs.id });
  await tx
    .update(jobKeys)
    .set({ jobId: made.id })
    .where(and(eq(jobKeys.jobId, job.id), ofKeys(jobKeys.matchKey, jobKeys.sender, chosen)));
  await applyOverrides(
    tx,
    taken.map((run) => run.id),
  );
  const after = {
    ...named,
    customer: job.customer.name,
    from: job.name,
    keys: chosen.length,
    mails: moved.length,
    runs: taken.length,
  };
  audit({ action: "job.split", target: input.name, targetId: made.id, before: { name: job.name }, after });
  return { message: `${input.name} was split off from ${job.name}.`, redirectTo: `/jobs/${made.id}?split=${job.id}` };
}

async function mustBeSome(tx: Tx, jobId: string, chosen: JobKey[]): Promise<void> {
  const own = await tx.select().from(jobKeys).where(eq(jobKeys.jobId, jobId));
  const isOwn = (key: JobKey) => own.some(({ matchKey, sender }) => matchKey === key.matchKey && sender === key.sender);
  if (!chosen.every(isOwn))
    throw new UserError("Something of this is not known of the job any more. Look at it again.", "keys");
  if (chosen.length >= own.length) throw new UserError("Something must stay with the job it is split from.", "keys");
}

/** What the latest of their mails says about software and kind. */
async function toldOf(tx: Tx, jobId: string, chosen: JobKey[]): Promise<ParsedRun | undefined> {
  const [latest] = await tx
    .select({ parsed: sql<ParsedRun[]>`${mails.parsed}` })
    .from(mails)
    .where(and(eq(mails.jobId, jobId), isNotNull(mails.matchKey), ofKeys(mails.matchKey, mails.fromAddress, chosen)))
    .orderBy(desc(mails.receivedAt))
    .limit(1);
  return latest?.parsed[0];
}

type KeyColumn = typeof mails.matchKey | typeof mails.fromAddress | typeof jobKeys.matchKey | typeof jobKeys.sender;

function ofKeys(matchKey: KeyColumn, sender: KeyColumn, chosen: JobKey[]): SQL | undefined {
  const senders = [...new Set(chosen.map((key) => key.sender))];
  return or(
    ...senders.map((from) => {
      const keys = chosen.filter((key) => key.sender === from).map((key) => key.matchKey);
      return and(eq(sender, from), inArray(matchKey, keys));
    }),
  );
}

async function isCovered({ access, tx }: Context, id: string): Promise<boolean> {
  const found = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobs.id, id), coveredJobs(access)));
  return found.length > 0;
}
