import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { runs } from "../db/schema/runs";
import { ticketScopes } from "../db/schema/tickets";
import { expectationOf } from "./expectation";
import { slotNear } from "./judge";
import { SILENCE_INDEX } from "./silences";
import { DAY } from "./types";
import type { Watched } from "./watched";

const KNOWN = "Known as missed";

/**
 * The software itself says that it did not run: that is the missed run of its slot. Ours goes, unless somebody has reviewed it or made a
 * ticket of it; then the notice is no second one to look at.
 */
export async function mergeNotice(tx: Tx, job: Watched, notice: { id: string; ranAt: Date }): Promise<void> {
  const expectation = expectationOf(job, job.zone);
  const slot = expectation && slotNear(expectation, notice.ranAt.getTime());
  const ours = await nearestOfOurs(tx, job.id, notice.ranAt, slot?.date ?? null);
  if (ours?.isTouched) {
    const reviewed = { reviewedAt: sql`now()`, reviewedBy: null, reviewer: KNOWN };
    await tx
      .update(runs)
      .set(reviewed)
      .where(and(eq(runs.id, notice.id), isNull(runs.reviewedAt)));
    return;
  }
  if (ours) await tx.delete(runs).where(eq(runs.id, ours.id));
  const { date, index, at } = ours ?? slot ?? {};
  if (date === undefined || index === undefined || at === undefined) return;
  const isTaken = sql`exists (select 1 from runs taken
    where taken.job_id = ${job.id} and taken.slot_date = ${date} and taken.slot_index = ${index})`;
  await tx
    .update(runs)
    .set({ slotDate: date, slotIndex: index, expectedAt: new Date(at) })
    .where(and(eq(runs.id, notice.id), sql`not ${isTaken}`));
}

/** @returns our missed run of the same slot; without a schedule, one of the same half day. */
async function nearestOfOurs(tx: Tx, jobId: string, ranAt: Date, date: string | null) {
  const distance = sql`abs(extract(epoch from ${runs.expectedAt} - ${ranAt.toISOString()}::timestamptz))`;
  const isTicketed = sql`exists (select 1 from ${ticketScopes} where ${ticketScopes.runId} = ${runs.id})`;
  const [row] = await tx
    .select({
      id: runs.id,
      date: sql<string>`${runs.slotDate}::text`,
      index: sql<number>`${runs.slotIndex}`,
      expectedAt: runs.expectedAt,
      isTouched: sql<boolean>`(${runs.reviewedAt} is not null or ${isTicketed})`,
    })
    .from(runs)
    .where(
      and(
        eq(runs.jobId, jobId),
        eq(runs.status, "missed"),
        isNull(runs.mailId),
        isNull(runs.lateRunId),
        ne(runs.slotIndex, SILENCE_INDEX),
        date ? sql`(${runs.slotDate} = ${date} or ${distance} <= 3600)` : sql`${distance} <= ${DAY / 2000}`,
      ),
    )
    .orderBy(distance)
    .limit(1);
  return row?.expectedAt ? { ...row, at: row.expectedAt.getTime() } : null;
}
