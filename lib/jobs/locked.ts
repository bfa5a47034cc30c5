import "server-only";
import { and, eq } from "drizzle-orm";
import { coveredJobs } from "../access/scope";
import type { Context } from "../action";
import { customers, jobs, resourceTypes } from "../db/schema/desk";
import { UserError } from "../errors";

/** The job with its customer and type, held until the transaction ends. @throws UserError for one that is not covered. */
export async function lockedJob({ access, tx }: Context, id: string) {
  const [stored] = await tx
    .select({
      job: jobs,
      customer: { id: customers.id, name: customers.name, deactivatedAt: customers.deactivatedAt },
      type: { name: resourceTypes.name },
    })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .innerJoin(resourceTypes, eq(resourceTypes.id, jobs.resourceTypeId))
    .where(and(eq(jobs.id, id), coveredJobs(access)))
    .for("update", { of: jobs });
  if (!stored) throw new UserError("This job does not exist any more.");
  return stored;
}
