import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { coveredReports, reportedCustomers } from "../access/scope";
import type { Context } from "../action";
import { customers } from "../db/schema/desk";
import { reports } from "../db/schema/reports";
import { UserError } from "../errors";
import { contentInWords } from "./content";
import type { ReportFilters, ReportSchedule } from "./types";

/** A report, held until the transaction ends. @throws UserError when there is none that the role covers. */
export async function heldReport({ access, tx }: Context, id: string) {
  const [row] = await tx
    .select({
      id: reports.id,
      name: reports.name,
      kind: reports.kind,
      period: reports.period,
      days: reports.days,
      filters: sql<ReportFilters>`${reports.filters}`,
      schedule: sql<ReportSchedule | null>`${reports.schedule}`,
      version: reports.version,
      customer: customers.name,
      isAboutOther: sql<boolean>`${reports.customerId} is not null and not ${reportedCustomers(access)}`,
    })
    .from(reports)
    .leftJoin(customers, eq(customers.id, reports.customerId))
    .where(and(eq(reports.id, id), coveredReports(access)))
    .for("update", { of: reports });
  if (!row) throw new UserError("This report does not exist any more.");
  return { ...row, inWords: contentInWords(row, { customer: row.customer, software: row.filters.software ?? null }) };
}
