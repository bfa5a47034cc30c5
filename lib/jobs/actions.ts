"use server";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { coveredCustomers, coveredJobs } from "../access/scope";
import { action, type Context } from "../action";
import { conflictOver } from "../conflicts";
import { customers, jobs, resourceTypes } from "../db/schema/desk";
import { watchedAnew } from "../db/watched-anew";
import { UserError } from "../errors";
import { fields } from "../form";
import { jobSchema } from "./schema";

export const updateJob = action(
  "jobs.manage",
  jobSchema,
  async (context, { id, version, type, customer, ...plain }) => {
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
    await tx
      .update(jobs)
      .set({ ...plain, resourceTypeId: newType.id, customerId: moved.id, version: sql`${jobs.version} + 1` })
      .where(eq(jobs.id, id));
    if (!(await isCovered(context, id)))
      throw new UserError(`As ${newType.name} your role would not cover this job any more.`, "type");
    const after = { ...typed, customer: moved.name };
    audit({ action: "job.update", target: plain.name, targetId: id, before, after });
    return moved.id === stored.customer.id
      ? `Job ${plain.name} was saved.`
      : `Job ${plain.name} now belongs to ${moved.name}.`;
  },
  { name: "job.update" },
);

export const archiveJob = action(
  "jobs.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { job } = await lockedJob(context, id);
    if (job.archivedAt) throw new UserError("This job is archived already.");
    await context.tx
      .update(jobs)
      .set({ archivedAt: sql`now()`, version: sql`${jobs.version} + 1` })
      .where(and(eq(jobs.id, id), isNull(jobs.archivedAt)));
    context.audit({ action: "job.archive", target: job.name, targetId: id });
    return `Job ${job.name} was archived.`;
  },
  { name: "job.archive" },
);

export const restoreJob = action(
  "jobs.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { job } = await lockedJob(context, id);
    if (!job.archivedAt) throw new UserError("This job is in use already.");
    await context.tx
      .update(jobs)
      .set({ ...watchedAnew, archivedAt: null, version: sql`${jobs.version} + 1` })
      .where(and(eq(jobs.id, id), isNotNull(jobs.archivedAt)));
    context.audit({ action: "job.unarchive", target: job.name, targetId: id });
    return `Job ${job.name} is in use again.`;
  },
  { name: "job.unarchive" },
);

async function lockedJob({ access, tx }: Context, id: string) {
  const [stored] = await tx
    .select({ job: jobs, customer: { id: customers.id, name: customers.name }, type: { name: resourceTypes.name } })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(resourceTypes, eq(resourceTypes.id, jobs.resourceTypeId))
    .where(and(eq(jobs.id, id), coveredJobs(access)))
    .for("update", { of: jobs });
  if (!stored) throw new UserError("This job does not exist any more.");
  return stored;
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
