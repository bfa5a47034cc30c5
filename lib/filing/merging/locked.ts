import "server-only";
import { and, asc, eq, inArray } from "drizzle-orm";
import { coveredJobs } from "../../access/scope";
import type { Context } from "../../action";
import { customers, jobs } from "../../db/schema/desk";
import { UserError } from "../../errors";

export type LockedJob = Awaited<ReturnType<typeof lockJobs>>[number];

/** Locks jobs in the order of their ids, as everybody does. @returns them in the order asked for. @throws UserError for one that is not covered. */
export async function lockJobs({ access, tx }: Context, ids: readonly string[]) {
  const found = await tx
    .select({ job: jobs, customer: { id: customers.id, name: customers.name } })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(inArray(jobs.id, [...ids]), coveredJobs(access)))
    .orderBy(asc(jobs.id))
    .for("update", { of: jobs });
  return ids.map((id) => {
    const one = found.find(({ job }) => job.id === id);
    if (!one) throw new UserError("This job does not exist any more.");
    return { ...one.job, customer: one.customer };
  });
}

/** @throws UserError at the field "into" for a job that cannot receive anything. */
export function mustReceive({ name, archivedAt }: LockedJob): void {
  if (archivedAt) throw new UserError(`${name} is archived and receives no runs.`, "into");
}
