import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Access } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredReports, reportedCustomers, reportedJobs } from "../access/scope";
import { db } from "../db";
import { contains, keyset } from "../db/keyset";
import { customers, jobs } from "../db/schema/desk";
import { reports } from "../db/schema/reports";
import { formatDay } from "../format";
import type { ListPage, ListQuery } from "../list";
import { resultsOf } from "./results";
import { type Period, periodOf } from "./rules";
import type { ReportRow, ReportSort, Results } from "./types";

const { id, name, days, customerId, createdBy, createdAt, version } = reports;
const shown = { id, name, days, customerId, customer: customers.name, createdBy, createdAt, version };

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
  return page.of(rows);
}

type Saved = { report: ReportRow; results: Results };

/** @returns a saved report with its results up to yesterday, or null when there is none that the role covers. */
export async function findReport(wanted: string): Promise<Saved | null> {
  const access = await requireRight("reports.view");
  if (!z.uuid().safeParse(wanted).success) return null;
  const [report] = await db()
    .select(shown)
    .from(reports)
    .leftJoin(customers, nameable(access))
    .where(and(eq(id, wanted), coveredReports(access)));
  if (!report) return null;
  const period = periodOf(report.days, formatDay(new Date(), access.account.timeZone));
  return { report, results: await resultsOf(access, period, report.customerId) };
}

/** A role may cover a report without the customer it is about: then it has no name, also not for a search. */
const nameable = (access: Access) => and(eq(customers.id, customerId), reportedCustomers(access));

/** @returns the results of any period, of one customer or of all. An unknown customer has none. */
export async function generateReport(period: Period, customer: string): Promise<Results> {
  const access = await requireRight("reports.generate");
  const about = z.uuid().safeParse(customer).data;
  return customer && !about ? { period, jobs: [], days: [] } : resultsOf(access, period, about ?? null);
}

/** @returns the customers a report may be about, by name; at most 2,000. */
export async function listReportCustomers(): Promise<{ id: string; name: string }[]> {
  const access = await requireRight("reports.view");
  const counted = db()
    .select({ one: sql`1` })
    .from(jobs)
    .where(and(eq(jobs.customerId, customers.id), reportedJobs(access)));
  return db()
    .select({ id: customers.id, name: customers.name })
    .from(customers)
    .where(sql`exists ${counted}`)
    .orderBy(sql`lower(${customers.name}) collate "C"`)
    .limit(2000);
}
