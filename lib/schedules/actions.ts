"use server";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { coveredJobs } from "../access/scope";
import { action, type Context } from "../action";
import { conflictOver } from "../conflicts";
import { customers, jobs } from "../db/schema/desk";
import { UserError } from "../errors";
import { fields } from "../form";
import { formatEnd } from "../format";
import { momentIn } from "../moments";
import { learnJobs } from "./learn-jobs";
import { pauseSchema, scheduleSchema } from "./schema";
import { type Told, toldOf } from "./told";
import { watchedColumns } from "./watched";

export const updateSchedule = action(
  "jobs.manage",
  scheduleSchema,
  async (context, { id, version, expects, plan, grace, quiet_days, time_zone }) => {
    const { tx, audit } = context;
    const stored = await lockedJob(context, id);
    // What is not used now is kept: whoever tries another way finds the plan again.
    const next = {
      ...{ expects, plan: plan ?? stored.plan, graceMinutes: grace, quietAfterDays: quiet_days, timeZone: time_zone },
    };
    const [before, after] = [toldOf(stored), toldOf(next)];
    if (stored.version !== version) throw await conflictOver(tx, { what: "job", id }, before, after);
    await tx
      .update(jobs)
      .set({ ...next, checkedUntil: fromNowOn(before, after), version: sql`${jobs.version} + 1` })
      .where(eq(jobs.id, id));
    if (stored.timeZone !== time_zone) await learnJobs(tx, [id]);
    audit({ action: "job.schedule", target: stored.name, targetId: id, before, after });
    return `The schedule of ${stored.name} was saved.`;
  },
  { name: "job.schedule" },
);

export const pauseJob = action(
  "jobs.manage",
  pauseSchema,
  async (context, { id, until: typed, reason }) => {
    const { access, actor, tx, audit } = context;
    const stored = await lockedJob(context, id);
    const until = typed ? momentIn(typed, access.account.timeZone) : null;
    if (typed && !until) throw new UserError("Enter a day and a time.", "until");
    if (until && until <= new Date()) throw new UserError("Enter a moment in the future.", "until");
    const pausedBy = reason ? `${actor.name}: ${reason}` : actor.name;
    await tx
      .update(jobs)
      .set({
        pausedAt: sql`now()`,
        pausedUntil: until,
        pausedBy,
        checkedUntil: sql`now()`,
        version: sql`${jobs.version} + 1`,
      })
      .where(eq(jobs.id, id));
    audit({ action: "job.pause", target: stored.name, targetId: id, after: { until, reason } });
    return until
      ? `${stored.name} is paused until ${formatEnd(until, access.account.timeZone)}.`
      : `${stored.name} is paused until somebody resumes it.`;
  },
  { name: "job.pause" },
);

export const resumeJob = action(
  "jobs.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const stored = await lockedJob(context, id);
    if (!stored.pausedAt || (stored.pausedUntil && stored.pausedUntil <= new Date()))
      throw new UserError("This job is not paused any more.");
    const now = sql`now()`;
    await context.tx
      .update(jobs)
      // Its end is kept: the time of the pause is no silence of the job.
      .set({ pausedAt: null, pausedUntil: now, pausedBy: null, checkedUntil: now, version: sql`${jobs.version} + 1` })
      .where(eq(jobs.id, id));
    context.audit({ action: "job.resume", target: stored.name, targetId: id, before: { pausedBy: stored.pausedBy } });
    return `Runs of ${stored.name} are expected again.`;
  },
  { name: "job.resume" },
);

/** Runs that a new plan would have expected before it was made were never missed. */
const fromNowOn = (before: Told, after: Told) =>
  before.Expected === after.Expected && before["Time zone"] === after["Time zone"] ? undefined : sql`now()`;

async function lockedJob({ access, tx }: Context, id: string) {
  const { expects, plan, graceMinutes, quietAfterDays, pausedAt, pausedUntil } = watchedColumns;
  const { name, version, timeZone, pausedBy } = jobs;
  const [stored] = await tx
    .select({ name, version, timeZone, pausedBy, expects, plan, graceMinutes, quietAfterDays, pausedAt, pausedUntil })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobs.id, id), coveredJobs(access)))
    .for("update", { of: jobs });
  if (!stored) throw new UserError("This job does not exist any more.");
  return stored;
}
