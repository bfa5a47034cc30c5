import { index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, moment, roles, users } from "./access";
import { customers } from "./desk";

export const reports = pgTable(
  "reports",
  {
    id: id(),
    name: text().notNull().unique("reports_name"),
    kind: text({ enum: ["full", "results", "calendar", "missed", "reviews", "tickets", "storage"] })
      .notNull()
      .default("results"),
    /** "days": counted back from yesterday in the account's time zone; else a whole week or month of the calendar. */
    period: text({ enum: ["days", "last-week", "last-month", "this-month"] })
      .notNull()
      .default("days"),
    days: integer().notNull(),
    /** `ReportFilters` of lib/reports/types.ts. */
    filters: jsonb().notNull().default({}),
    customerId: uuid().references(() => customers.id, { onDelete: "cascade" }),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    version: integer().notNull().default(1),
    /** `ReportSchedule` of lib/reports/types.ts: when and to whom it is mailed; null: not at all. */
    schedule: jsonb(),
    /** In whose scope it is made: what this person may see in this role at that moment. */
    scheduledBy: uuid().references(() => users.id, { onDelete: "set null" }),
    scheduledRoleId: uuid().references(() => roles.id, { onDelete: "set null" }),
    nextSendAt: moment(),
    lastSentAt: moment(),
    sendError: text(),
  },
  (t) => [index("reports_next_send").on(t.nextSendAt)],
);
