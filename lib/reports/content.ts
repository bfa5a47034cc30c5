import "server-only";
import { and, eq } from "drizzle-orm";
import { can } from "../access/can";
import { reportedJobs } from "../access/scope";
import type { Context } from "../action";
import { customerGroups, customers, jobs, resourceTypes } from "../db/schema/desk";
import { UserError } from "../errors";
import { kindLabels, periodInWords } from "./rules";
import type { ReportContent } from "./schema";

/** Names of what a report is about; null for no choice. */
export type About = { customer: string | null; group: string | null; type: string | null; software: string | null };

/** @returns the names of what was chosen. @throws UserError at the field when the role's reports count nothing of it. */
export async function checkContent(context: Context, input: ReportContent): Promise<About> {
  const { access, tx } = context;
  const nothing = (what: string, field: string) => new UserError(`This ${what} has no jobs to report on.`, field);
  const named = async (what: "customer" | "group" | "type") => {
    const wanted = input[what];
    if (!wanted) return null;
    const column = { customer: customers.id, group: customers.groupId, type: jobs.resourceTypeId }[what];
    const [row] = await tx
      .select({ customer: customers.name, group: customerGroups.name, type: resourceTypes.name })
      .from(jobs)
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .innerJoin(resourceTypes, eq(resourceTypes.id, jobs.resourceTypeId))
      .leftJoin(customerGroups, eq(customerGroups.id, customers.groupId))
      .where(and(eq(column, wanted), reportedJobs(access)))
      .limit(1);
    if (!row || (what === "group" && !can(access, "customers.view"))) throw nothing(what, what);
    return row[what];
  };
  return {
    customer: await named("customer"),
    group: await named("group"),
    type: await named("type"),
    software: input.software || null,
  };
}

/** @returns what the audit log says of a report. */
export function contentInWords(
  { kind, period, days }: Pick<ReportContent, "kind" | "period" | "days">,
  about: Partial<About>,
): Record<string, string> {
  const chosen = Object.entries(about).flatMap(([what, name]) => (name ? [[what, name]] : []));
  return { kind: kindLabels[kind], period: periodInWords({ period, days }), ...Object.fromEntries(chosen) };
}
