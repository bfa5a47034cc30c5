import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import { coveredReports, reportedCustomers } from "../access/scope";
import type { Executor } from "../db";
import { customers } from "../db/schema/desk";
import { reports } from "../db/schema/reports";
import { formatDay } from "../format";
import { isId } from "../ids";
import { savedPeriod } from "./rules";
import type { Asked, ReportFilters, ReportRow, ReportSchedule } from "./types";

const { id, name, kind, period, days, customerId, createdBy, createdAt, version } = reports;
const { nextSendAt, lastSentAt, sendError } = reports;
/** The columns of a saved report, of `reports` joined with `customers`. */
export const shownReport = {
  ...{ id, name, kind, period, days, customerId, createdBy, createdAt, version, nextSendAt, lastSentAt, sendError },
  filters: sql<ReportFilters>`${reports.filters}`,
  schedule: sql<ReportSchedule | null>`${reports.schedule}`,
  customer: customers.name,
};

/** @returns the row as the role covers it, or null. */
export async function savedReport(executor: Executor, access: Access, wanted: string): Promise<ReportRow | null> {
  if (!isId(wanted)) return null;
  const [report] = await executor
    .select(shownReport)
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
