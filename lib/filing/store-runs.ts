import "server-only";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { runObjects, runs } from "../db/schema/runs";
import { afterRuns } from "./after-runs";
import type { RunRow } from "./rules";

const OBJECTS_AT_ONCE = 1000;

/**
 * Adds runs to a job. A run that is there already is left alone: a forwarded copy of its mail, one that is sent again, a
 * later digest that repeats it. That is one with the same status and start; without a start, end; without both, date.
 * @returns the ids of the runs that were added.
 */
export async function storeRuns(tx: Tx, jobId: string, rows: readonly RunRow[]): Promise<string[]> {
  const fresh = await withoutKnown(tx, jobId, rows);
  if (fresh.length === 0) return [];
  const added = await tx
    .insert(runs)
    .values(fresh.map(({ objects, ...run }) => ({ ...run, jobId })))
    .onConflictDoNothing()
    .returning({ id: runs.id, mailId: runs.mailId });
  const runOf = new Map(added.map(({ id, mailId }) => [mailId, id]));
  for (const { mailId, objects } of fresh) {
    const runId = runOf.get(mailId);
    if (runId) await addObjects(tx, runId, objects);
  }
  const ids = added.map(({ id }) => id);
  await afterRuns(tx, ids);
  return ids;
}

/** Adds the objects of a run that has none, in their order. */
export async function addObjects(tx: Tx, runId: string, objects: RunRow["objects"]): Promise<void> {
  const rows = objects.map((object, position) => ({ ...object, position, runId }));
  for (let at = 0; at < rows.length; at += OBJECTS_AT_ONCE)
    await tx.insert(runObjects).values(rows.slice(at, at + OBJECTS_AT_ONCE));
}

type Moments = { status: string; endedAt: Date | null; ranAt: Date };

/** Of runs with a start the database itself sees to it that each is there once. What was not understood is never the same. */
async function withoutKnown(tx: Tx, jobId: string, rows: readonly RunRow[]): Promise<RunRow[]> {
  const unstarted = rows.filter(({ startedAt, status }) => startedAt === null && status !== "unknown");
  if (unstarted.length === 0) return [...rows];
  const moments = [...new Set(unstarted.map(momentOf))].map((at) => new Date(at).toISOString());
  const known = await tx
    .select({ status: runs.status, endedAt: runs.endedAt, ranAt: runs.ranAt })
    .from(runs)
    .where(
      and(
        eq(runs.jobId, jobId),
        isNull(runs.startedAt),
        inArray(sql`coalesce(${runs.endedAt}, ${runs.ranAt})`, moments),
      ),
    );
  const seen = new Set(known.map(nameOf));
  return rows.filter((row) => {
    if (!unstarted.includes(row)) return true;
    const isNew = !seen.has(nameOf(row));
    seen.add(nameOf(row));
    return isNew;
  });
}

const momentOf = ({ endedAt, ranAt }: Moments): number => (endedAt ?? ranAt).getTime();
const nameOf = (run: Moments): string => `${momentOf(run)} ${run.endedAt === null} ${run.status}`;
