import "server-only";
import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Access } from "../../access/can";
import { reportedJobs } from "../../access/scope";
import { customers, jobs } from "../../db/schema/desk";
import { runs } from "../../db/schema/runs";
import type { Period } from "../rules";
import type { Asked } from "../types";

/** For queries that read from `jobs` joined with `customers`: those that the report is about and the role's reports may count. */
export const wantedJobs = (access: Access, { customerId, filters }: Asked): SQL | undefined =>
  and(
    reportedJobs(access),
    customerId ? eq(customers.id, customerId) : undefined,
    filters.groupId ? eq(customers.groupId, filters.groupId) : undefined,
    filters.typeId ? eq(jobs.resourceTypeId, filters.typeId) : undefined,
    filters.software ? sql`lower(${jobs.software}) = lower(${filters.software})` : undefined,
  );

/** For queries that read from `runs`: those of the period's days. */
export const withinPeriod = (period: Period, timeZone: string): SQL | undefined =>
  and(gte(runs.ranAt, startOf(period, timeZone)), lt(runs.ranAt, endOf(period, timeZone)));

/** The first moment of the period, and the first after it. */
export const startOf = ({ from }: Period, timeZone: string): SQL =>
  sql`(${from}::date)::timestamp at time zone ${timeZone}`;
export const endOf = ({ to }: Period, timeZone: string): SQL =>
  sql`(${to}::date + 1)::timestamp at time zone ${timeZone}`;

/** The day of a run, as text. Group by its position: two parameters are not known to be the same expression. */
export const dayOfRun = (timeZone: string): SQL<string> =>
  sql<string>`to_char(${runs.ranAt} at time zone ${timeZone}, 'YYYY-MM-DD')`;

/** By name of the customer, then of the job. */
export const byName: SQL[] = [
  sql`lower(${customers.name}) collate "C"`,
  sql`${customers.id}`,
  sql`lower(${jobs.name}) collate "C"`,
  sql`${jobs.id}`,
];
