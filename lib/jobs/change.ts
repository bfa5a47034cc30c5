import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { coveredCustomers, coveredJobs } from "../access/scope";
import type { Context } from "../action";
import { conflictOver } from "../conflicts";
import { customers, jobs, resourceTypes } from "../db/schema/desk";
import { watchedAnew } from "../db/watched-anew";
import { UserError } from "../errors";
import { lockedJob } from "./locked";
import type { jobSchema } from "./schema";

/** Stores what somebody typed of a job. @returns what to tell them, and whether it belongs to another customer now. */
export async function changeJob(
  context: Context,
  { id, version, type, customer, ...plain }: z.output<typeof jobSchema>,
): Promise<{ message: string; isMoved: boolean }> {
  const { tx, audit } = context;
  // Before the job: whoever dissolves a type holds it and then its jobs.
  const newType = await typeOf(context, type);
  const stored = await lockedJob(context, id);
  const { host, notes, name } = stored.job;
  const before = { name, host, notes, type: stored.type.name, customer: stored.customer.name };
  const typed = { ...plain, type: newType.name, customer };
  if (stored.job.version !== version) {
    throw await conflictOver(tx, { what: "job", id }, labelled(before), labelled(typed));
  }
  const moved =
    customer.toLowerCase() === before.customer.toLowerCase() ? stored.customer : await customerOf(context, customer);
  const isMoved = moved.id !== stored.customer.id;
  const isBack = isMoved && stored.customer.deactivatedAt !== null;
  await tx
    .update(jobs)
    .set({
      ...(isBack && watchedAnew),
      ...plain,
      resourceTypeId: newType.id,
      customerId: moved.id,
      version: sql`${jobs.version} + 1`,
    })
    .where(eq(jobs.id, id));
  if (!(await isCovered(context, id)))
    throw new UserError(`As ${newType.name} your role would not cover this job any more.`, "type");
  const after = { ...typed, customer: moved.name };
  audit({ action: "job.update", target: plain.name, targetId: id, before, after });
  const message = isMoved ? `Job ${plain.name} now belongs to ${moved.name}.` : `Job ${plain.name} was saved.`;
  return { message, isMoved };
}

async function isCovered({ access, tx }: Context, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobs.id, id), coveredJobs(access)));
  return rows.length > 0;
}

async function typeOf({ tx }: Context, id: string) {
  const [type] = await tx
    .select({ id: resourceTypes.id, name: resourceTypes.name })
    .from(resourceTypes)
    .where(eq(resourceTypes.id, id))
    .for("key share");
  if (!type) throw new UserError("This resource type does not exist any more.", "type");
  return type;
}

async function customerOf({ access, tx }: Context, name: string) {
  const [found] = await tx
    .select({ id: customers.id, name: customers.name })
    .from(customers)
    .where(
      and(sql`lower(${customers.name}) = lower(${name})`, isNull(customers.deactivatedAt), coveredCustomers(access)),
    );
  if (!found) throw new UserError("There is no active customer of this name.", "customer");
  return found;
}

type Facts = { name: string; host: string; type: string; customer: string; notes: string };

const labelled = ({ name, host, type, customer, notes }: Facts) => ({
  Name: name,
  Host: host,
  Type: type,
  Customer: customer,
  Notes: notes,
});
