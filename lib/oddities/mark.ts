import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { runs } from "../db/schema/runs";
import { type ComparedRun, changedObjects } from "./objects";
import { findOddities, isComparable, LOOK_BACK, type Observed } from "./rules";

const AT_ONCE = 200;

/**
 * Says what is odd about runs, in `runs.odd`. Three statements for each 200 runs, each reading at most 30 runs before one.
 * @param ids of runs that were just added or read again.
 */
export async function markOddities(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE) await markSome(tx, ids.slice(at, at + AT_ONCE));
}

async function markSome(tx: Tx, ids: readonly string[]): Promise<void> {
  const found = await withPast(tx, ids);
  const objects = await changedObjects(tx, found);
  const told = found
    .map((run) => ({ ...run, odd: findOddities(run, run.past, objects.get(run.id) ?? null) }))
    // What was odd once and is not any more is cleared too.
    .filter(({ odd, wasOdd }) => odd.length > 0 || wasOdd)
    .map(({ id, odd }) => ({ id, odd }));
  if (told.length === 0) return;
  // As text first: one of the two drivers would encode a parameter of type jsonb once more.
  await tx.execute(sql`update runs set odd = marked.odd
    from jsonb_to_recordset(${JSON.stringify(told)}::text::jsonb) as marked(id uuid, odd jsonb)
    where runs.id = marked.id`);
}

type Found = ComparedRun & Observed & { wasOdd: boolean; past: (Observed & { id: string })[] };

/** @returns the runs with those of the same job before them, latest first. Missed ones are no runs to compare with. */
async function withPast(tx: Tx, ids: readonly string[]): Promise<Found[]> {
  // Spelled out: of a query of one table the columns would stand without its name.
  const before = sql<(Observed & { id: string })[]>`coalesce((select jsonb_agg(jsonb_build_object(
      'id', p.id, 'status', p.status, 'sizeBytes', p.size_bytes, 'transferredBytes', p.transferred_bytes,
      'durationSeconds', p.duration_seconds) order by p.ran_at desc, p.id desc)
    from (select o.* from runs o where o.job_id = runs.job_id and o.status <> 'missed'
      and (o.ran_at, o.id) < (runs.ran_at, runs.id) order by o.ran_at desc, o.id desc limit ${LOOK_BACK}) p), '[]')`;
  const rows = await tx
    .select({
      id: runs.id,
      status: runs.status,
      sizeBytes: runs.sizeBytes,
      transferredBytes: runs.transferredBytes,
      durationSeconds: runs.durationSeconds,
      wasOdd: sql<boolean>`jsonb_array_length(${runs.odd}) > 0`,
      past: before,
    })
    .from(runs)
    .where(inArray(runs.id, [...ids]));
  return rows.map((row) => ({
    ...row,
    comparable: isComparable(row) ? row.past.filter(isComparable).map(({ id }) => id) : [],
  }));
}
