"use server";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { action } from "../action";
import { jobs } from "../db/schema/desk";
import { watchedAnew } from "../db/watched-anew";
import { UserError } from "../errors";
import { fields } from "../form";
import { lockedJob } from "./locked";

export const archiveJob = action(
  "jobs.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { job } = await lockedJob(context, id);
    if (job.archivedAt) throw new UserError("This job is archived already.");
    await context.tx
      .update(jobs)
      .set({ archivedAt: sql`now()`, version: sql`${jobs.version} + 1` })
      .where(and(eq(jobs.id, id), isNull(jobs.archivedAt)));
    context.audit({ action: "job.archive", target: job.name, targetId: id });
    return `Job ${job.name} was archived.`;
  },
  { name: "job.archive" },
);

export const restoreJob = action(
  "jobs.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { job } = await lockedJob(context, id);
    if (!job.archivedAt) throw new UserError("This job is in use already.");
    await context.tx
      .update(jobs)
      .set({ ...watchedAnew, archivedAt: null, version: sql`${jobs.version} + 1` })
      .where(and(eq(jobs.id, id), isNotNull(jobs.archivedAt)));
    context.audit({ action: "job.unarchive", target: job.name, targetId: id });
    return `Job ${job.name} is in use again.`;
  },
  { name: "job.unarchive" },
);
