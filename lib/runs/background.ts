import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { coveredJobs } from "../access/scope";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import type { ParsedRun } from "../mail/parse/types";

/** What stands behind a run: the words it was read from, and how its job went before. */

const SHOWN_TEXT = 20_000;

/** @returns the beginning of the text of the mail of a run, and which words of it told what; null without a mail. */
export async function getReading(id: string) {
  const access = await requireRight("resources.view");
  const [reading] = await db()
    .select({
      text: sql<string>`left(${mails.text}, ${SHOWN_TEXT}::int)`,
      isCut: sql<boolean>`length(${mails.text}) > ${SHOWN_TEXT}::int`,
      evidence: sql<ParsedRun["evidence"]>`coalesce(${mails.parsed} -> 0 -> 'evidence', '[]')`,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(mails, and(eq(mails.id, runs.mailId), isNull(mails.deletedAt)))
    .where(and(eq(runs.id, id), coveredJobs(access)));
  return reading ?? null;
}

/** @returns the latest runs of one job, oldest first, for charts. */
export async function latestRunsOfJob(jobId: string, limit: number) {
  const access = await requireRight("resources.view");
  const { id, countsAs: status, ranAt, durationSeconds, sizeBytes } = runs;
  const rows = await db()
    .select({ id, status, ranAt, durationSeconds, sizeBytes })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(runs.jobId, jobId), coveredJobs(access)))
    .orderBy(sql`${runs.ranAt} desc, ${runs.id} desc`)
    .limit(limit);
  return rows.reverse();
}

export type PastRun = Awaited<ReturnType<typeof latestRunsOfJob>>[number];
