import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredReports, reportedCustomers, reportedJobs } from "../access/scope";
import { db, type Executor } from "../db";
import { contains, keyset } from "../db/keyset";
import { customerGroups, customers, jobs, resourceTypes } from "../db/schema/desk";
import { reports } from "../db/schema/reports";
import { formatDay } from "../format";
import { isId } from "../ids";
import type { ListPage, ListQuery } from "../list";
import { documentOf } from "./document";
import { savedPeriod } from "./rules";
import type { Asked, ReportDocument, ReportFilters, ReportRow, ReportSchedule, ReportSort } from "./types";

const { id, name, kind, period, days, customerId, createdBy, createdAt, version } = reports;
const { nextSendAt, lastSentAt, sendError } = reports;
const shown = {
  ...{ id, name, kind, period, days, customerId, createdBy, createdAt, version, nextSendAt, lastSentAt, sendError },
  filters: sql<ReportFilters>`${reports.filters}`,
  schedule: sql<ReportSchedule | null>`${reports.schedule}`,
  customer: customers.name,
};

/** @returns the saved reports. */
export async function listReports(query: ListQuery<ReportSort>): Promise<ListPage<ReportRow>> {
  const access = await requireRight("reports.view");
  const columns = {
    name: { by: sql`lower(${name})`, type: "text" },
    days: { by: days, type: "integer" },
    created: { by: createdAt, type: "timestamptz" },
  } as const;
  const page = keyset(query, columns, id);
  const rows = await db()
    .select({ ...shown, cursor: page.cursor })
    .from(reports)
    .leftJoin(customers, nameable(access))
    .where(
      and(
        coveredReports(access),
        contains(sql`(${name} || ' ' || coalesce(${customers.name}, ''))`, query.search),
        page.where,
      ),
    )
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return page.of(rows.map((row) => forReader(access, row)));
}

type Saved = { report: ReportRow; document: ReportDocument };

/** @returns a saved report with what it says today, or null when there is none that the role covers. */
export async function findReport(wanted: string): Promise<Saved | null> {
  const access = await requireRight("reports.view");
  const report = await savedReport(db(), access, wanted);
  return report && { report: forReader(access, report), document: await documentOf(access, askedBy(report, access)) };
}

/** @returns the row as the role covers it, or null. */
export async function savedReport(executor: Executor, access: Access, wanted: string): Promise<ReportRow | null> {
  if (!isId(wanted)) return null;
  const [report] = await executor
    .select(shown)
    .from(reports)
    .leftJoin(customers, nameable(access))
    .where(and(eq(id, wanted), coveredReports(access)));
  return report ?? null;
}

/** Who does not manage reports is not told to whom they are mailed. */
const forReader = <Row extends ReportRow>(access: Access, row: Row): Row =>
  can(access, "reports.manage") ? row : { ...row, schedule: null, nextSendAt: null, lastSentAt: null, sendError: null };

/** @returns what a saved report asks for today. */
export const askedBy = ({ kind, filters, customerId, ...report }: ReportRow, { account }: Access): Asked => ({
  ...{ kind, filters, customerId },
  period: savedPeriod(report, formatDay(new Date(), account.timeZone)),
});

/** A role may cover a report without the customer it is about: then it has no name, also not for a search. */
const nameable = (access: Access) => and(eq(customers.id, customerId), reportedCustomers(access));

/** @returns any report. An unknown customer has nothing to report. */
export async function generateReport(asked: Asked): Promise<ReportDocument> {
  const access = await requireRight("reports.generate");
  return documentOf(access, asked);
}

/** What a report may be about, each by name. */
export type ReportChoices = {
  customers: { id: string; name: string }[];
  groups: { id: string; name: string }[];
  types: { id: string; name: string }[];
  software: string[];
};

const MOST_CHOICES = 2000;

/** @returns what there is to choose from, of the jobs that the role's reports may count; groups for who may look at customers. */
export async function listReportChoices(): Promise<ReportChoices> {
  const access = await requireRight("reports.view");
  const reported = db()
    .select({
      customerId: sql`${customers.id}`.as("customer_id"),
      groupId: sql`${customers.groupId}`.as("group_id"),
      typeId: sql`${jobs.resourceTypeId}`.as("type_id"),
      software: sql<string>`${jobs.software}`.as("software"),
    })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(reportedJobs(access))
    .as("reported");
  const [ofCustomers, ofGroups, ofTypes, ofSoftware] = await Promise.all([
    db()
      .select({ id: customers.id, name: customers.name })
      .from(customers)
      .where(sql`${customers.id} in (select customer_id from ${reported})`)
      .orderBy(sql`lower(${customers.name}) collate "C"`)
      .limit(MOST_CHOICES),
    can(access, "customers.view")
      ? db()
          .select({ id: customerGroups.id, name: customerGroups.name })
          .from(customerGroups)
          .where(sql`${customerGroups.id} in (select group_id from ${reported})`)
          .orderBy(sql`lower(${customerGroups.name}) collate "C"`)
          .limit(MOST_CHOICES)
      : [],
    db()
      .select({ id: resourceTypes.id, name: resourceTypes.name })
      .from(resourceTypes)
      .where(sql`${resourceTypes.id} in (select type_id from ${reported})`)
      .orderBy(resourceTypes.position),
    db()
      .selectDistinct({ software: reported.software })
      .from(reported)
      .where(sql`${reported.software} <> ''`)
      .orderBy(reported.software)
      .limit(MOST_CHOICES),
  ]);
  return {
    customers: ofCustomers,
    groups: ofGroups,
    types: ofTypes,
    software: ofSoftware.map(({ software }) => software),
  };
}
