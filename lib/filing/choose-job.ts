import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { can } from "../access/can";
import { coversNewCustomer } from "../access/new-customer";
import { coveredCustomers, coveredJobs, coveredTypes } from "../access/scope";
import type { Context } from "../action";
import { CHOSEN_CUSTOMERS } from "../customers/rules";
import { customers, jobs, resourceTypes } from "../db/schema/desk";
import { UserError } from "../errors";
import type { Approval } from "./approve";

export type ChosenJob = { id: string; name: string; customer: string };
type Customer = { id: string; name: string };

/** @returns the job that was chosen, made if it is new, like its customer. @throws UserError at the field that is wrong. */
export async function chooseJob(context: Context, input: Approval): Promise<ChosenJob> {
  const customer = (await findCustomer(context, input.customer)) ?? (await addCustomer(context, input));
  const job = input.job ? await findJob(context, customer, input.job) : await addJob(context, customer, input);
  return { ...job, customer: customer.name };
}

async function findCustomer({ access, tx }: Context, name: string): Promise<Customer | null> {
  const [customer] = await tx
    .select({ id: customers.id, name: customers.name, deactivatedAt: customers.deactivatedAt })
    .from(customers)
    .where(and(sql`lower(${customers.name}) = lower(${name})`, coveredCustomers(access)));
  if (customer?.deactivatedAt) throw new UserError(`${customer.name} is deactivated.`, "customer");
  return customer ?? null;
}

async function addCustomer({ access, tx, audit }: Context, { customer: name, job }: Approval): Promise<Customer> {
  if (!can(access, "customers.manage")) throw new UserError("There is no customer of this name.", "customer");
  if (!(await coversNewCustomer(tx, access, null))) throw new UserError(CHOSEN_CUSTOMERS, "customer");
  if (job) throw new UserError("A new customer has no jobs yet. Choose “New job”.", "job");
  const [added] = await tx.insert(customers).values({ name }).onConflictDoNothing().returning({ id: customers.id });
  if (!added) throw new UserError("Somebody else has just added this customer. Try again.", "customer");
  audit({ action: "customer.create", target: name, targetId: added.id, after: { name } });
  return { id: added.id, name };
}

async function findJob({ access, tx }: Context, customer: Customer, id: string): Promise<Customer> {
  const [job] = await tx
    .select({ id: jobs.id, name: jobs.name, archivedAt: jobs.archivedAt })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(jobs.id, id), eq(jobs.customerId, customer.id), coveredJobs(access)))
    .for("share", { of: jobs });
  if (!job) throw new UserError(`${customer.name} has no such job.`, "job");
  if (job.archivedAt) throw new UserError(`${job.name} is archived and receives no runs.`, "job");
  return job;
}

async function addJob(context: Context, customer: Customer, input: Approval): Promise<Customer> {
  const { access, tx, audit } = context;
  if (!can(access, "jobs.manage")) throw new UserError("Choose a job of this customer.", "job");
  if (!input.name) throw new UserError("Enter a name for the job.", "name");
  const types = await tx
    .select({ id: resourceTypes.id, name: resourceTypes.name })
    .from(resourceTypes)
    .where(coveredTypes(access))
    .for("key share");
  if (types.length === 0) throw new UserError(CHOSEN_RESOURCES, "job");
  const type = types.find(({ id }) => id === input.resource_type);
  if (!type) throw new UserError("Choose a resource type.", "resource_type");
  const job = { name: input.name, software: input.software, host: input.host, jobType: input.job_type || "backup" };
  await refuseTwin(context, customer, job);
  const values = { ...job, customerId: customer.id, resourceTypeId: type.id };
  const [added] = await tx.insert(jobs).values(values).returning({ id: jobs.id });
  if (!added) throw new Error("No job was added.");
  const after = { ...job, customer: customer.name, resourceType: type.name };
  audit({ action: "job.create", target: job.name, targetId: added.id, after });
  return { id: added.id, name: job.name };
}

export const CHOSEN_RESOURCES = "Your role covers chosen resources only; a new one would not be among them.";

type Described = { name: string; software: string; host: string; jobType: string };

/** Two people who approve two mails of one job should not make two of it. */
async function refuseTwin({ access, tx }: Context, customer: Customer, job: Described): Promise<void> {
  const same: SQL[] = [
    sql`lower(${jobs.name}) = lower(${job.name})`,
    sql`lower(${jobs.software}) = lower(${job.software})`,
    sql`lower(${jobs.host}) = lower(${job.host})`,
    sql`lower(${jobs.jobType}) = lower(${job.jobType})`,
  ];
  const where = and(eq(customers.id, customer.id), isNull(jobs.archivedAt), coveredJobs(access), ...same);
  const ofCustomer = tx.select({ id: jobs.id }).from(jobs).innerJoin(customers, eq(customers.id, jobs.customerId));
  const [twin] = await ofCustomer.where(where).limit(1);
  if (twin) throw new UserError(`${customer.name} has this job already. Choose it under Job.`, "job");
}
