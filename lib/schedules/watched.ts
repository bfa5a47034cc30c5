import "server-only";
import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../db";
import { settings } from "../db/schema/access";
import { customers, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import type { Planning } from "./expectation";
import { reportedAt, type SeenRun } from "./learn/hits";
import { plannedStarts } from "./planned-starts";
import type { LearnedSchedule, Schedule } from "./types";

/** A job as the tasks about expected runs see it. */
export type Watched = Planning & {
  id: string;
  customerId: string;
  zone: string;
  pausedAt: Date | null;
  pausedUntil: Date | null;
  checkedUntil: Date | null;
  learnedAt: Date | null;
  createdAt: Date;
};

/** Columns for queries over `jobs` joined with `customers`. The zone: of the job, else of its customer, else of the account. */
export const watchedColumns = {
  id: jobs.id,
  customerId: jobs.customerId,
  expects: jobs.expects,
  plan: sql<Schedule | null>`${jobs.plan}`,
  learned: sql<LearnedSchedule | null>`${jobs.learned}`,
  graceMinutes: jobs.graceMinutes,
  quietAfterDays: jobs.quietAfterDays,
  zone: sql<string>`coalesce(${jobs.timeZone}, ${customers.timeZone}, (select ${settings.timeZone} from ${settings}))`,
  pausedAt: jobs.pausedAt,
  pausedUntil: jobs.pausedUntil,
  checkedUntil: jobs.checkedUntil,
  learnedAt: jobs.learnedAt,
  createdAt: jobs.createdAt,
};

/** Of archived jobs and deactivated customers nothing is expected. */
export const inUse: SQL | undefined = and(isNull(jobs.archivedAt), isNull(customers.deactivatedAt));

/** @returns whether a pause holds at a moment (milliseconds since the epoch). */
export const isPausedAt = (job: Pick<Watched, "pausedAt" | "pausedUntil">, at: number): boolean =>
  job.pausedAt !== null && at >= job.pausedAt.getTime() && (job.pausedUntil === null || at < job.pausedUntil.getTime());

const MOST_RUNS = 500;

/** @param since milliseconds since the epoch. @returns the latest runs of each job that really came, by job, in order. */
export async function seenRuns(
  executor: Executor,
  jobIds: readonly string[],
  since: number,
): Promise<Map<string, SeenRun[]>> {
  const found = new Map(jobIds.map((id): [string, SeenRun[]] => [id, []]));
  if (jobIds.length === 0) return found;
  const latest = executor
    .select({ id: runs.id, mailId: runs.mailId, status: runs.status, ranAt: runs.ranAt, endedAt: runs.endedAt })
    .from(runs)
    .where(
      sql`${runs.jobId} = ${jobs.id} and ${runs.status} <> 'missed' and ${runs.ranAt} > ${new Date(since).toISOString()}`,
    )
    .orderBy(sql`${runs.ranAt} desc`)
    .limit(MOST_RUNS)
    .as("latest");
  const rows = await executor
    .select({
      jobId: jobs.id,
      id: latest.id,
      mailId: latest.mailId,
      status: latest.status,
      ranAt: latest.ranAt,
      endedAt: latest.endedAt,
      sentAt: mails.sentAt,
      receivedAt: mails.receivedAt,
    })
    .from(jobs)
    .innerJoinLateral(latest, sql`true`)
    .leftJoin(mails, eq(mails.id, latest.mailId))
    .where(inArray(jobs.id, [...jobIds]))
    .orderBy(latest.ranAt);
  const planned = await plannedStarts(executor, rows);
  for (const { jobId, id, status, ...row } of rows) {
    const ranAt = planned.get(id) ?? row.ranAt;
    found.get(jobId)?.push({ id, status, ranAt: ranAt.getTime(), reportedAt: reportedAt({ ...row, ranAt }) });
  }
  return found;
}
