import "server-only";
import { and, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { afterRuns } from "../filing/after-runs";
import { judgeJobs } from "../schedules/find-missed";
import { learnJobs } from "../schedules/learn-jobs";
import { lastNightOf } from "./outcomes";
import type { Random } from "./random";
import type { SampleJob } from "./types";
import type { Reviewer } from "./users";

const DAY = 86_400_000;
const NIGHTS_LOOKED_BACK = 21;
const AT_ONCE = 50;

type Desk = { random: Random; sampleJobs: readonly SampleJob[]; reviewers: readonly Reviewer[]; now: Date };

/**
 * Learns the schedules of the sample jobs from their runs, and finds what is missing in the last three weeks as the task would have
 * done; somebody has reviewed all of it but the last night.
 */
export async function insertMissed(tx: Tx, { random, sampleJobs, reviewers, now }: Desk): Promise<void> {
  const ids = sampleJobs.filter(({ lastNight }) => lastNight === 0).map(({ id }) => id);
  const look = { helpers: { silentChannels: async () => new Set<string>(), follow: afterRuns }, now };
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    await learnJobs(tx, some);
    // Learning watches from now on; here the past is looked at too.
    const since = new Date(now.getTime() - NIGHTS_LOOKED_BACK * DAY);
    await tx.update(jobs).set({ checkedUntil: since }).where(inArray(jobs.id, some));
    await judgeJobs(tx, some, { ...look, silent: new Set(), isBack: false });
  }
  await reviewMissed(tx, random, reviewers, now);
}

async function reviewMissed(tx: Tx, random: Random, reviewers: readonly Reviewer[], now: Date): Promise<void> {
  const reviewer = random.pick(reviewers);
  await tx
    .update(runs)
    .set({
      reviewedAt: sql`${runs.ranAt} + interval '14 hours'`,
      reviewedBy: reviewer.id,
      reviewer: reviewer.username,
    })
    .where(and(eq(runs.status, "missed"), isNull(runs.reviewedAt), lt(runs.ranAt, new Date(lastNightOf(now)))));
}
