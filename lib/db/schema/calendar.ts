import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "./access";
import { customers, jobs } from "./desk";

/** When no run is expected: days off, and maintenance. Of the account, of a customer, or of a job. */
export const quietTimes = pgTable(
  "quiet_times",
  {
    id: id(),
    kind: text({ enum: ["holiday", "maintenance"] }).notNull(),
    name: text().notNull(),
    customerId: uuid().references(() => customers.id, { onDelete: "cascade" }),
    jobId: uuid().references(() => jobs.id, { onDelete: "cascade" }),
    /** A holiday: whole days in the zone of the job, both included; each year again when `isYearly`. */
    fromDay: date({ mode: "string" }),
    toDay: date({ mode: "string" }),
    isYearly: boolean().notNull().default(false),
    /** Maintenance. */
    startsAt: moment(),
    endsAt: moment(),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index("quiet_times_customer").on(t.customerId),
    index("quiet_times_job").on(t.jobId),
    check(
      "quiet_times_time",
      sql`case when ${t.kind} = 'holiday' then ${t.toDay} >= ${t.fromDay} else ${t.endsAt} > ${t.startsAt} end`,
    ),
  ],
);
