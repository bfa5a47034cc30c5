import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "./access";

export const customerGroups = pgTable("customer_groups", { id: id(), name: text().notNull() }, (t) => [
  uniqueIndex("customer_groups_name").on(sql`lower(${t.name})`),
]);

export const customers = pgTable(
  "customers",
  {
    id: id(),
    name: text().notNull(),
    /** The customer's number or short code in the desk's other systems. */
    reference: text().notNull().default(""),
    notes: text().notNull().default(""),
    groupId: uuid().references(() => customerGroups.id, { onDelete: "set null" }),
    /** An IANA zone; null: that of the account. */
    timeZone: text(),
    deactivatedAt: moment(),
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("customers_name").on(sql`lower(${t.name})`),
    index("customers_name_search").using("gin", sql`${t.name} gin_trgm_ops`),
    index("customers_group").on(t.groupId),
  ],
);

export const resourceTypes = pgTable(
  "resource_types",
  {
    id: id(),
    name: text().notNull(),
    /** What parsers call it (`ParsedRun.resourceType`); stays when the type is renamed. */
    suggestedAs: text().array().notNull().default([]),
    position: integer().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [uniqueIndex("resource_types_name").on(sql`lower(${t.name})`)],
);

export const jobs = pgTable(
  "jobs",
  {
    id: id(),
    customerId: uuid()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    resourceTypeId: uuid()
      .notNull()
      .references(() => resourceTypes.id, { onDelete: "restrict" }),
    name: text().notNull(),
    software: text().notNull().default(""),
    host: text().notNull().default(""),
    jobType: text().notNull().default("backup"),
    notes: text().notNull().default(""),
    archivedAt: moment(),
    /** What is expected of it: runs as learned, runs as planned by hand, or nothing by the clock. */
    expects: text({ enum: ["learned", "planned", "failures-only", "alerts-only", "workstation"] })
      .notNull()
      .default("learned"),
    /** `Schedule` of lib/schedules/types.ts, by hand; counts while `expects` is "planned". */
    plan: jsonb(),
    /** `LearnedSchedule` of lib/schedules/types.ts; null while there is too little to learn from. */
    learned: jsonb(),
    learnedAt: moment(),
    /** Minutes that a run may be late, by hand; null: as learned. */
    graceMinutes: integer(),
    /** Nothing good for so many days is worth saying, whatever the schedule; null: twice the period. */
    quietAfterDays: integer(),
    /** An IANA zone; null: that of the customer. */
    timeZone: text(),
    /** What mails without a zone were found to be ahead of UTC; only tells when it disagrees with the zone. */
    observedOffsetMinutes: integer(),
    pausedAt: moment(),
    pausedUntil: moment(),
    pausedBy: text(),
    /** Expected runs up to here were looked for. */
    checkedUntil: moment(),
    version: integer().notNull().default(1),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    index("jobs_customer").on(t.customerId),
    index("jobs_resource_type").on(t.resourceTypeId),
    index("jobs_name").on(sql`lower(${t.name}) collate "C"`, t.id),
    index("jobs_name_search").using("gin", sql`(${t.name} || ' ' || ${t.host}) gin_trgm_ops`),
  ],
);

/** By which mails a job is known: same product, host and job name, from the same sender. */
export const jobKeys = pgTable(
  "job_keys",
  {
    matchKey: text().notNull(),
    sender: text().notNull(),
    jobId: uuid()
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.matchKey, t.sender] }), index("job_keys_job").on(t.jobId)],
);
