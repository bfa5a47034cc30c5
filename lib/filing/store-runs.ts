import "server-only";
import type { Tx } from "../db";
import { runObjects, runs } from "../db/schema/runs";
import { afterRuns } from "./after-runs";
import type { RunRow } from "./rules";

const OBJECTS_AT_ONCE = 1000;

/**
 * Adds runs to a job. A run that is there already (a forwarded copy of its mail: same start, same status) is left alone.
 * @returns the ids of the runs that were added.
 */
export async function storeRuns(tx: Tx, jobId: string, rows: readonly RunRow[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const added = await tx
    .insert(runs)
    .values(rows.map(({ objects, ...run }) => ({ ...run, jobId })))
    .onConflictDoNothing()
    .returning({ id: runs.id, mailId: runs.mailId });
  const runOf = new Map(added.map(({ id, mailId }) => [mailId, id]));
  const objects = rows.flatMap(({ mailId, objects }) => {
    const runId = runOf.get(mailId);
    return runId ? objects.map((object, position) => ({ ...object, position, runId })) : [];
  });
  for (let at = 0; at < objects.length; at += OBJECTS_AT_ONCE)
    await tx.insert(runObjects).values(objects.slice(at, at + OBJECTS_AT_ONCE));
  const ids = added.map(({ id }) => id);
  await afterRuns(tx, ids);
  return ids;
}
