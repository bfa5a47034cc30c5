import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredReports, reportedJobs } from "../access/scope";
import { db } from "../db";
import { contains, keyset } from "../db/keyset";
import { customerGroups, customers, jobs, resourceTypes } from "../db/schema/desk";
import { reports } from "../db/schema/reports";
import type { ListPage, ListQuery } from "../list";
import { documentOf } from "./document";
import { askedBy, nameable, savedReport, shownReport } from "./saved";
import type { Asked, ReportDocument, ReportRow, ReportSort } from "./types";

/** @returns the saved reports. */
export async function listReports(query: ListQuery<ReportSort>): Promise<ListPage<ReportRow>> {
  const access = await requireRight("reports.view");
  const columns = {
    name: { by: sql`lower(${reports.name})`, type: "text" },
    days: { by: reports.days, type: "integer" },
    created: { by: reports.createdAt, type: "timestamptz" },
  } as const;
  const page = keyset(query, columns, reports.id);
  const rows = await db()
    .select({ ...shownReport(access), cursor: page.cursor })
    .from(reports)
    .leftJoin(customers, nameable(access))
    .where(
      and(
        coveredReports(access),
        contains(sql`(${reports.name} || ' ' || coalesce(${customers.name}, ''))`, query.search),
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

/** Who does not manage reports is not told to whom they are mailed. */
const forReader = <Row extends ReportRow>(access: Access, row: Row): Row =>
  can(access, "reports.manage") ? row : { ...row, schedule: null, nextSendAt: null, lastSentAt: null, sendError: null };

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
