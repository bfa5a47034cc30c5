import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Answer, Context } from "../../action";
import type { Tx } from "../../db";
import { quietTimes } from "../../db/schema/calendar";
import { jobKeys, jobs } from "../../db/schema/desk";
import { mails } from "../../db/schema/mails";
import { overrides } from "../../db/schema/overrides";
import { runs } from "../../db/schema/runs";
import { ticketScopes } from "../../db/schema/tickets";
import { applyOverrides } from "../../overrides/apply";
import { lockKeys } from "../keys";
import { lockJobs, mustReceive } from "./locked";

/** Everything of one job becomes part of another, and the first is gone. */
export async function merge(context: Context, { id, into }: { id: string; into: string }): Promise<Answer> {
  const { tx, audit } = context;
  // Before the jobs: whoever files a mail holds its key, then the job.
  await lockKeys(tx, await tx.select().from(jobKeys).where(eq(jobKeys.jobId, id)));
  const [from, to] = await lockJobs(context, [id, into]);
  if (!from || !to) throw new Error("Two jobs were asked for.");
  mustReceive(to);
  await keepReviews(tx, id, into);
  const doubles = await tx
    .delete(runs)
    .where(and(eq(runs.jobId, id), isDouble(into)))
    .returning({ id: runs.id });
  const after = {
    into: to.name,
    customer: to.customer.name,
    runs: await move(tx, runs, id, into),
    droppedRuns: doubles.length,
    mails: await move(tx, mails, id, into),
    keys: await move(tx, jobKeys, id, into),
    tickets: await moveTickets(tx, id, into),
    overrides: await move(tx, overrides, id, into),
    quietTimes: await move(tx, quietTimes, id, into),
  };
  await tx.delete(jobs).where(eq(jobs.id, id));
  // Each of the two may have had overrides that now reach the runs of the other.
  const together = await tx.select({ id: runs.id }).from(runs).where(eq(runs.jobId, into));
  await applyOverrides(
    tx,
    together.map((run) => run.id),
  );
  const before = { name: from.name, customer: from.customer.name, software: from.software, host: from.host };
  audit({ action: "job.merge", target: to.name, targetId: into, before, after });
  return { message: `${from.name} is now part of ${to.name}.`, redirectTo: `/jobs/${into}?merged=${id}` };
}

/** For runs of another job: those that this job has too, with the same start and status, or for the same missed slot. */
export const isDouble = (into: string): SQL => sql`exists (
  select 1 from runs other where other.job_id = ${into} and (
    (other.started_at = runs.started_at and other.status = runs.status)
    or (other.slot_date = runs.slot_date and other.slot_index = runs.slot_index)))`;

/** Whoever looked at the double looked at the run. */
async function keepReviews(tx: Tx, id: string, into: string): Promise<void> {
  await tx.execute(sql`
    update runs set reviewed_at = twin.reviewed_at, reviewed_by = twin.reviewed_by, reviewer = twin.reviewer
    from runs twin
    where twin.job_id = ${id} and twin.reviewed_at is not null and runs.job_id = ${into} and runs.reviewed_at is null
      and runs.started_at = twin.started_at and runs.status = twin.status`);
}

type Table = typeof runs | typeof mails | typeof jobKeys | typeof overrides | typeof quietTimes;

/** @returns how many rows went along. */
async function move(tx: Tx, table: Table, id: string, into: string): Promise<number> {
  const moved = await tx.update(table).set({ jobId: into }).where(eq(table.jobId, id)).returning({ id: table.jobId });
  return moved.length;
}

async function moveTickets(tx: Tx, id: string, into: string): Promise<number> {
  await tx.execute(sql`
    delete from ticket_scopes where job_id = ${id} and exists (
      select 1 from ticket_scopes other where other.ticket_id = ticket_scopes.ticket_id and other.job_id = ${into}
        and other.object_name is not distinct from ticket_scopes.object_name)`);
  const moved = await tx
    .update(ticketScopes)
    .set({ jobId: into })
    .where(eq(ticketScopes.jobId, id))
    .returning({ id: ticketScopes.id });
  return moved.length;
}
