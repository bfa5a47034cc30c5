import "server-only";
import type { Tx } from "../db";
import { markOddities } from "../oddities/mark";
import { applyOverrides } from "../overrides/apply";
import { reviewPlainSuccesses } from "../run-checks/plain";
import { learnNewJobs } from "../schedules/learn-jobs";
import { settleMissed } from "../schedules/settle-missed";

/**
 * What follows from new runs, in the transaction that stores them: what is odd about them, which override they fall
 * under, which missed run they are, whether somebody must look at them.
 * @param ids of runs that were just added.
 */
export async function afterRuns(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await markOddities(tx, ids);
  await applyOverrides(tx, ids);
  await settleMissed(tx, ids);
  await learnNewJobs(tx, ids);
  await reviewPlainSuccesses(tx, ids);
}
