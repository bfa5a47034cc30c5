import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { coveredReports, reportedCustomers, reportedJobs } from "../access/scope";
import { db, type Executor } from "../db";
import { customerGroups, customers, jobs, resourceTypes } from "../db/schema/desk";
import { reports } from "../db/schema/reports";
import { formatDay } from "../format";
import { isId } from "../ids";
import { savedPeriod } from "./rules";
import type { Asked, ReportFilters, ReportRow, ReportSchedule } from "./types";

const { id, name, kind, period, days, customerId, createdBy, createdAt, version } = reports;
const { nextSendAt, lastSentAt, sendError } = reports;
/** The columns of a saved report, of `reports` joined with `customers`. */
export const shownReport = (access: Access) => ({
  ...{ id, name, kind, period, days, customerId, createdBy, createdAt, version, nextSendAt, lastSentAt, sendError },
  filters: sql<ReportFilters>`${reports.filters}`,
  schedule: sql<ReportSchedule | null>`${reports.schedule}`,
  customer: customers.name,
  group: can(access, "customers.view")
    ? nameOf(access, customerGroups, sql`"reports"."filters" ->> 'groupId'`, eq(customers.groupId, customerGroups.id))
    : sql<string | null>`null`,
  type: nameOf(access, resourceTypes, sql`"reports"."filters" ->> 'typeId'`, eq(jobs.resourceTypeId, resourceTypes.id)),
});

/** What a report is limited to goes without a name where the role's reports count nothing of it. */
function nameOf(access: Access, table: typeof customerGroups | typeof resourceTypes, wanted: SQL, isOf: SQL) {
  const one = db()
    .select({ one: sql`1` })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(isOf, reportedJobs(access)));
  const named = db()
    .select({ name: table.name })
    .from(table)
    .where(and(sql`${table.id}::text = ${wanted}`, sql`exists ${one}`));
  return sql<string | null>`${named}`;
}

/** @returns the row as the role covers it, or null. */
export async function savedReport(executor: Executor, access: Access, wanted: string): Promise<ReportRow | null> {
  if (!isId(wanted)) return null;
  const [report] = await executor
    .select(shownReport(access))
    .from(reports)
    .leftJoin(customers, nameable(access))
    .where(and(eq(id, wanted), coveredReports(access)));
  return report ?? null;
}

/** @returns what a saved report asks for today. */
export const askedBy = ({ kind, filters, customerId, ...report }: ReportRow, { account }: Access): Asked => ({
  ...{ kind, filters, customerId },
  period: savedPeriod(report, formatDay(new Date(), account.timeZone)),
});

/** A role may cover a report without the customer it is about: then it has no name, also not for a search. */
export const nameable = (access: Access) => and(eq(customers.id, customerId), reportedCustomers(access));
