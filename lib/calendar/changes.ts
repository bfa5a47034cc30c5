import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { coveredCustomers, coveredJobs } from "../access/scope";
import type { Context } from "../action";
import { customers, jobs } from "../db/schema/desk";
import { UserError } from "../errors";
import { formatMoment } from "../format";
import { momentIn } from "../moments";
import type { QuietTimeInput } from "./schema";
import { daysInWords, kindLabels, type QuietTime, type Scope, scopeInWords, type Target } from "./types";
import { ownScopes } from "./visible";

export type Reach = { customerId: string | null; jobId: string | null; customer: Target | null; job: Target | null };
type Typed = { scope: Scope; customer: string | null; job: string | null };

/** @returns for whom it is. @throws UserError at the field for what does not exist or is not covered. */
export async function reachOf({ access, tx }: Context, { scope, customer, job }: Typed): Promise<Reach> {
  if (!ownScopes(access).includes(scope))
    throw new UserError("Your role does not cover all that this would reach.", "scope");
  if (scope === "account") return { customerId: null, jobId: null, customer: null, job: null };
  if (scope === "customer") {
    const [found] = customer
      ? await tx
          .select({ id: customers.id, label: customers.name })
          .from(customers)
          .where(and(eq(customers.id, customer), coveredCustomers(access)))
      : [];
    if (!found) throw new UserError("Choose a customer.", "customer");
    return { customerId: found.id, jobId: null, customer: found, job: null };
  }
  const [found] = job
    ? await tx
        .select({ id: jobs.id, label: sql<string>`${customers.name} || ': ' || ${jobs.name}` })
        .from(jobs)
        .innerJoin(customers, eq(customers.id, jobs.customerId))
        .where(and(eq(jobs.id, job), coveredJobs(access)))
    : [];
  if (!found) throw new UserError("Choose a job.", "job");
  return { customerId: null, jobId: found.id, customer: null, job: found };
}

/** @returns the columns about when. @throws UserError at the field for moments that cannot be. */
export function timesOf(input: QuietTimeInput, timeZone: string) {
  const { kind, name, yearly: isYearly } = input;
  if (kind === "holiday") {
    const days = { fromDay: input.from_day, toDay: input.to_day || input.from_day };
    return { kind, name, ...days, isYearly, startsAt: null, endsAt: null };
  }
  const [startsAt, endsAt] = [momentIn(input.starts, timeZone), momentIn(input.ends, timeZone)];
  if (!startsAt) throw new UserError("Enter a day and a time.", "starts");
  if (!endsAt) throw new UserError("Enter a day and a time.", "ends");
  if (endsAt <= startsAt) throw new UserError("It must end after it begins.", "ends");
  return { kind, name, fromDay: null, toDay: null, isYearly: false, startsAt, endsAt };
}

type Values = Omit<QuietTime, "id" | "createdBy" | "version">;

/** @returns it by label, for the audit log and for who is told of a conflict. */
export const told = (values: Values, timeZone: string): Record<string, string> => ({
  Kind: kindLabels[values.kind],
  Name: values.name,
  "Applies to": scopeInWords(values),
  When:
    values.kind === "holiday"
      ? daysInWords(values)
      : `${formatMoment(values.startsAt, timeZone)} to ${formatMoment(values.endsAt, timeZone)}`,
});
