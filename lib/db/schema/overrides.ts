import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "./access";
import { customers, jobs } from "./desk";

/** "Treat this known failure or warning as success from .. until .." */
export const overrides = pgTable(
  "overrides",
  {
    id: id(),
    /** How far it reaches; `software`, `customerId`, `jobId` and `objectName` say of what. */
    scope: text({ enum: ["global", "software", "customer", "job", "object"] }).notNull(),
    software: text(),
    customerId: uuid().references((): AnyPgColumn => customers.id, { onDelete: "cascade" }),
    jobId: uuid().references((): AnyPgColumn => jobs.id, { onDelete: "cascade" }),
    objectName: text(),
    /** Which results it treats so. */
    statuses: text({ enum: ["warning", "failed", "missed"] })
      .array()
      .notNull(),
    /** How the message of the run or object must be like `matchText`; "any": whatever it says. */
    match: text({ enum: ["any", "contains", "exact", "starts", "ends"] })
      .notNull()
      .default("any"),
    matchText: text().notNull().default(""),
    reason: text().notNull(),
    startsAt: moment().notNull(),
    /** Null: until somebody ends it. */
    endsAt: moment(),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index("overrides_job").on(t.jobId),
    index("overrides_customer").on(t.customerId),
    index("overrides_ends").on(t.endsAt, t.id),
    check("overrides_time", sql`${t.endsAt} is null or ${t.endsAt} >= ${t.startsAt}`),
  ],
);
