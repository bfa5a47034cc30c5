import "server-only";
import { and, eq } from "drizzle-orm";
import { coveredCustomers, coveredJobs } from "../access/scope";
import type { Context } from "../action";
import { customers, jobs } from "../db/schema/desk";
import { overrides } from "../db/schema/overrides";
import { UserError } from "../errors";
import type { Pattern } from "./types";
import { changeableOverrides, visibleOverrides } from "./visible";
import { aboutWhat } from "./words";

export type Stored = typeof overrides.$inferSelect;

/** The row, held until the transaction ends. @throws UserError when there is none for the role, or none it may change. */
export async function heldOverride({ access, tx }: Context, id: string): Promise<Stored> {
  const [row] = await tx
    .select({ override: overrides, changeable: changeableOverrides(access).mapWith(Boolean) })
    .from(overrides)
    .where(and(eq(overrides.id, id), visibleOverrides(access)))
    .for("update");
  if (!row) throw new UserError("This override does not exist any more.");
  if (!row.changeable) throw new UserError("This override reaches further than your role.");
  return row.override;
}

/** @throws UserError when the override that was just stored reaches further than the role: nothing is stored then. */
export async function refuseTooFar({ access, tx }: Context, id: string): Promise<void> {
  const [row] = await tx
    .select({ id: overrides.id })
    .from(overrides)
    .where(and(eq(overrides.id, id), changeableOverrides(access)));
  if (!row)
    throw new UserError(
      "Your role covers chosen customers or jobs only. Choose a job, or an object of a job.",
      "scope",
    );
}

/** @returns what an override is for, by name. @throws UserError at the field when the role covers no such customer or job. */
export async function nameTarget({ access, tx }: Context, pattern: Pattern): Promise<string> {
  const { customerId, jobId } = pattern;
  if (customerId) {
    const [row] = await tx
      .select({ name: customers.name })
      .from(customers)
      .where(and(eq(customers.id, customerId), coveredCustomers(access)));
    if (!row) throw new UserError("This customer does not exist any more.", "customer");
    return aboutWhat(pattern, { customer: row.name, job: null });
  }
  if (!jobId) return aboutWhat(pattern, { customer: null, job: null });
  const [row] = await tx
    .select({ job: jobs.name, customer: customers.name })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobs.id, jobId), coveredJobs(access)));
  if (!row) throw new UserError("This job does not exist any more.", "job");
  return aboutWhat(pattern, row);
}
