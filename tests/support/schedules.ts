import { eq } from "drizzle-orm";
import { db, transaction } from "@/lib/db";
import { jobs } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { runs } from "@/lib/db/schema/runs";
import { afterRuns } from "@/lib/filing/after-runs";
import { findMissed } from "@/lib/schedules/find-missed";
import type { LearnedSchedule, Schedule } from "@/lib/schedules/types";
import { mailRow } from "./worlds";

export const daily = (time: string): Schedule => ({ kind: "weekly", at: [{ time, weekdays: [1, 2, 3, 4, 5, 6, 7] }] });

/** @returns what is learned of a punctual job: its mail comes ten minutes after the start, and may be an hour late. */
export const learnedAs = (schedule: Schedule | null, clock = "UTC"): LearnedSchedule => ({
  ...{ schedule, clock, delayMinutes: 10, spreadMinutes: 2, graceMinutes: 60, periodDays: 1, expected: 28, hits: 28 },
  since: "2026-01-01T00:00:00.000Z",
});

type Look = { silent?: string[]; at: Date };

/** One look for missed runs at a moment. */
export const look = ({ silent = [], at }: Look): Promise<void> =>
  findMissed(new AbortController().signal, { silentChannels: async () => new Set(silent), follow: afterRuns }, at);

type Came = { channel?: string; receivedAt?: Date; parsed?: object[] } & Partial<typeof runs.$inferInsert>;

/** A run whose mail came, with all that follows from it. @returns its row. */
export async function runCame(
  job: { id: string },
  ranAt: Date,
  { channel, receivedAt, parsed = [], ...values }: Came = {},
) {
  return transaction(async (tx) => {
    const id = crypto.randomUUID();
    const mail = { ...mailRow(id, "A run"), jobId: job.id, kind: "run" as const, channelId: channel ?? null, parsed };
    await tx.insert(mails).values({ ...mail, receivedAt: receivedAt ?? ranAt, sentAt: ranAt });
    const row = { jobId: job.id, mailId: id, status: "success" as const, ranAt, startedAt: ranAt, ...values };
    const [made] = await tx.insert(runs).values(row).returning();
    if (!made) throw new Error("No run was made.");
    await afterRuns(tx, [made.id]);
    return made;
  });
}

/** @returns the missed runs of a job, oldest first. */
export const missedOf = async (job: { id: string }) =>
  (await db().select().from(runs).where(eq(runs.jobId, job.id)).orderBy(runs.ranAt)).filter(
    ({ status }) => status === "missed",
  );

export const jobRow = async (job: { id: string }) => (await db().select().from(jobs).where(eq(jobs.id, job.id)))[0];
