"use server";
import { eq } from "drizzle-orm";
import { action } from "../../action";
import { runs } from "../../db/schema/runs";
import { changeJob } from "../../jobs/change";
import { jobSchema } from "../../jobs/schema";
import { applyOverrides } from "../../overrides/apply";
import { learnJobs } from "../../schedules/learn-jobs";

/** Edits a job. One that now belongs to another customer comes under the overrides and the clock of that one, with all its runs. */
export const updateJob = action(
  "jobs.manage",
  jobSchema,
  async (context, input) => {
    const { tx } = context;
    const { message, isMoved } = await changeJob(context, input);
    if (!isMoved) return message;
    const own = await tx.select({ id: runs.id }).from(runs).where(eq(runs.jobId, input.id));
    await applyOverrides(
      tx,
      own.map(({ id }) => id),
    );
    await learnJobs(tx, [input.id]);
    return message;
  },
  { name: "job.update" },
);
