import "server-only";
import { and, eq, max, type SQL, sql } from "drizzle-orm";
import { coveredJobs } from "../access/scope";
import type { Context } from "../action";
import { users } from "../db/schema/access";
import { customers, jobs } from "../db/schema/desk";
import { runs } from "../db/schema/runs";
import { tickets } from "../db/schema/tickets";
import { UserError } from "../errors";
import { assigneesFor } from "./assignees";
import { FIRST_NUMBER, type Target, type TicketKind } from "./rules";
import { nameTargets } from "./targets";
import type { NamedTarget } from "./types";
import { visibleTickets } from "./visible";

export type Held = typeof tickets.$inferSelect & { kind: TicketKind };

/** The row, held until the transaction ends. @throws UserError when there is none that the role covers. */
export async function heldTicket({ access, tx }: Context, id: string): Promise<Held> {
  const mine: SQL | undefined = and(eq(tickets.id, id), visibleTickets(access));
  const [row] = await tx.select().from(tickets).where(mine).for("update");
  if (!row) throw new UserError("This does not exist any more.");
  return row;
}

/** @throws UserError when one of the targets does not exist for the role. */
export async function existingTargets({ access, tx }: Context, wanted: readonly Target[]): Promise<NamedTarget[]> {
  const unique = [...new Map(wanted.map((one) => [`${one.id} ${one.object ?? ""}`, one])).values()];
  const named = await nameTargets(tx, access, unique);
  if (named.length < unique.length)
    throw new UserError("One of these customers or jobs does not exist any more.", "scopes");
  return named;
}

/** @returns the job of a run. @throws UserError when there is no such run for the role. */
export async function jobOfRun({ access, tx }: Context, runId: string): Promise<string> {
  const [row] = await tx
    .select({ jobId: runs.jobId })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(runs.id, runId), coveredJobs(access)));
  if (!row) throw new UserError("The run that this is about does not exist any more.");
  return row.jobId;
}

/**
 * @param kept who has the ticket now: they may keep it, whoever else may have it.
 * @returns the username, "" for nobody. @throws UserError when the ticket may not be given to them.
 */
export async function nameAssignee({ access, tx }: Context, id: string | null, kept: string | null): Promise<string> {
  if (!id) return "";
  if (id === kept) {
    const [row] = await tx.select({ username: users.username }).from(users).where(eq(users.id, id));
    return row?.username ?? "";
  }
  const found = (await assigneesFor(tx, access)).find((one) => one.id === id);
  if (!found) throw new UserError("Choose somebody from the list.", "assignee");
  return found.username;
}

/** Numbers have no gaps and are given once, however many people add tickets at the same moment. */
export async function nextNumber({ tx }: Context): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(7410020)`);
  const [last] = await tx.select({ number: max(tickets.number) }).from(tickets);
  return (last?.number ?? FIRST_NUMBER - 1) + 1;
}

/** @param run the run it is made from, tied to what is about its job. */
export const scopeRow = (ticketId: string, { kind, id, object }: Target, run?: { id: string; jobId: string }) =>
  kind === "customer"
    ? { ticketId, customerId: id }
    : { ticketId, jobId: id, objectName: object, runId: run?.jobId === id ? run.id : null };
