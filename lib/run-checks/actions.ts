"use server";
import { and, eq, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { z } from "zod";
import { coveredJobs } from "../access/scope";
import { action } from "../action";
import { customers, jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { fields } from "../form";
import { reviewedSentence } from "./rules";

const LIMIT = 10_000;
const moment = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/, "Reload this page.");

const reviewSchema = z
  .object({
    ids: fields.ids,
    /** A button of one run, or of all runs of a job or customer that were there when the page was made. */
    run: fields.optionalId,
    job: fields.optionalId,
    customer: fields.optionalId,
    until: z.iso.datetime("Reload this page.").optional(),
  })
  .refine(({ job, customer, until }) => !(job || customer) || until, { path: [""], message: "Reload this page." })
  .refine(({ ids, run, job, customer }) => ids.length > 0 || run || job || customer, {
    path: [""],
    message: "Select at least one run.",
  });

/** Accepts runs: one, the selected, or all of a job or customer. What somebody else accepted meanwhile stays theirs. */
export const reviewRuns = action(
  "runs.review",
  reviewSchema,
  async ({ access, tx, audit }, { ids, run, job, customer, until }) => {
    const single = run ? [run] : ids;
    const whole = run ? null : job ? eq(runs.jobId, job) : customer ? eq(jobs.customerId, customer) : null;
    const wanted = whole ? and(whole, seenUntil(until)) : inArray(runs.id, single);
    const found = await tx
      .select({ id: runs.id, reviewedAt: runs.reviewedAt, reviewer: runs.reviewer, job: jobs.name })
      .from(runs)
      .innerJoin(jobs, eq(jobs.id, runs.jobId))
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .where(and(wanted, coveredJobs(access)))
      .orderBy(runs.id)
      .limit(LIMIT)
      .for("update", { of: runs });
    const open = found.filter(({ reviewedAt }) => reviewedAt === null).map(({ id }) => id);
    const already = found.filter(({ reviewedAt }) => reviewedAt !== null);
    const marked =
      open.length === 0
        ? []
        : await tx
            .update(runs)
            .set({ reviewedAt: sql`now()`, reviewedBy: access.userId, reviewer: access.username })
            .where(inArray(runs.id, open))
            .returning({ at: sql<string>`${runs.reviewedAt}::text` });
    audit({
      action: "run.review",
      target: named(found, open.length),
      targetId: open.length === 1 ? open[0] : undefined,
      after: { count: open.length, runs: open, already: already.length },
    });
    const names = [...new Set(already.flatMap(({ reviewer }) => reviewer ?? []))];
    const missing = whole ? 0 : new Set(single).size - found.length;
    return {
      message: reviewedSentence(open.length, already.length, names, missing),
      data: marked[0] && { batch: marked[0].at, count: open.length },
    };
  },
  { name: "run.review" },
);

/** What is only suspected stands apart on the page, and is settled by itself. */
const seenUntil = (moment = "") =>
  and(
    isNull(runs.reviewedAt),
    eq(runs.isSuspected, false),
    isNull(jobs.archivedAt),
    lte(runs.createdAt, new Date(moment || 0)),
  );

const undoSchema = z
  .object({
    ids: fields.ids,
    run: fields.optionalId,
    /** The moment of an own review: everything that was marked by that click. */
    batch: z.union([z.literal(""), moment]).default(""),
  })
  .refine(({ ids, run, batch }) => ids.length > 0 || run || batch, { path: [""], message: "Select at least one run." });

/** Makes reviewed runs wait again. */
export const undoReview = action(
  "runs.review",
  undoSchema,
  async ({ access, tx, audit }, { ids, run, batch }) => {
    const mine = and(eq(runs.reviewedBy, access.userId), sql`${runs.reviewedAt} = ${batch}::timestamptz`);
    const found = await tx
      .select({ id: runs.id, reviewer: runs.reviewer, reviewedAt: runs.reviewedAt, job: jobs.name })
      .from(runs)
      .innerJoin(jobs, eq(jobs.id, runs.jobId))
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .where(and(coveredJobs(access), isNotNull(runs.reviewedAt), batch ? mine : inArray(runs.id, run ? [run] : ids)))
      .orderBy(runs.id)
      .limit(LIMIT)
      .for("update", { of: runs });
    const undone = found.map(({ id }) => id);
    if (undone.length > 0) {
      const open = { reviewedAt: null, reviewedBy: null, reviewer: null };
      await tx.update(runs).set(open).where(inArray(runs.id, undone));
    }
    audit({
      action: "run.undo_review",
      target: named(found, undone.length),
      targetId: undone.length === 1 ? undone[0] : undefined,
      before: { runs: found.map(({ id, reviewer, reviewedAt }) => ({ id, reviewer, reviewedAt })) },
      after: { count: undone.length },
    });
    if (undone.length === 0) return "These runs were waiting for review already.";
    return undone.length === 1 ? "1 run waits for review again." : `${undone.length} runs wait for review again.`;
  },
  { name: "run.undo_review" },
);

const named = (found: readonly { job: string }[], count: number): string =>
  count === 1 && found.length === 1 ? (found[0]?.job ?? "") : `${count} runs`;
