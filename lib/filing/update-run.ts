import "server-only";
import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "../db";
import { runObjects, runs } from "../db/schema/runs";
import { afterRuns } from "./after-runs";
import { type Filed, toRun } from "./rules";
import { addObjects, storeRuns } from "./store-runs";

/**
 * Lets the run of a mail say what the mail is read as now. One that another mail made already is dropped.
 * @returns whether that was allowed: not for a reviewed run unless `alsoReviewed`.
 */
export async function updateRun(tx: Tx, jobId: string, mail: Filed, alsoReviewed: boolean): Promise<boolean> {
  const [run] = await tx
    .select({ id: runs.id, status: runs.status, reviewedAt: runs.reviewedAt })
    .from(runs)
    .where(eq(runs.mailId, mail.id))
    .for("update");
  if (run?.reviewedAt && !alsoReviewed) return false;
  const { objects, ...now } = toRun(mail);
  if (!run) {
    await storeRuns(tx, jobId, [{ ...now, objects }]);
    return true;
  }
  if (await isTaken(tx, jobId, run.id, now)) {
    await tx.delete(runs).where(eq(runs.id, run.id));
    return true;
  }
  const unreviewed = { reviewedAt: null, reviewedBy: null, reviewer: null };
  await tx
    .update(runs)
    .set({ ...now, ...(now.status !== run.status && unreviewed) })
    .where(eq(runs.id, run.id));
  await tx.delete(runObjects).where(eq(runObjects.runId, run.id));
  await addObjects(tx, run.id, objects);
  await afterRuns(tx, [run.id]);
  return true;
}

async function isTaken(
  tx: Tx,
  jobId: string,
  id: string,
  now: { startedAt: Date | null; status: typeof runs.$inferSelect.status },
) {
  if (now.startedAt === null) return false;
  const [other] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.jobId, jobId), ne(runs.id, id), eq(runs.startedAt, now.startedAt), eq(runs.status, now.status)));
  return other !== undefined;
}
