import { sql } from "drizzle-orm";
import {
  bigint,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, moment, users } from "./access";

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
const size = () => bigint({ mode: "number" });
const status = () => text({ enum: ["success", "warning", "failed", "unknown"] });

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

export const mails = pgTable(
  "mails",
  {
    id: id(),
    receivedAt: moment().notNull().defaultNow(),
    source: text({ enum: ["upload", "intake", "sample"] }).notNull(),
    /** Who or what brought it: a username or the name of an intake key. */
    broughtBy: text().notNull(),
    raw: bytes().notNull(),
    sizeBytes: integer().notNull(),
    /** One message is one mail: its Message-ID, else a hash of its bytes. */
    dedupeKey: text().notNull().unique("mails_dedupe_key"),
    subject: text().notNull().default(""),
    fromAddress: text().notNull().default(""),
    fromName: text().notNull().default(""),
    sentAt: moment(),
    text: text().notNull().default(""),
    html: text(),
    kind: text({ enum: ["waiting", "run", "info", "unknown", "unreadable"] })
      .notNull()
      .default("waiting"),
    parser: text().notNull().default(""),
    /** What the parser read: `ParsedRun[]` of lib/mail/parse/types.ts. */
    parsed: jsonb().notNull().default([]),
    /** Names of what hangs on the mail: `MailAttachment[]` of lib/mail/parse/types.ts. */
    attachments: jsonb().notNull().default([]),
    error: text(),
    matchKey: text(),
    attempts: integer().notNull().default(0),
    /** Whoever reads it now took it then; nobody else takes it for a minute. */
    attemptedAt: moment(),
    jobId: uuid().references(() => jobs.id, { onDelete: "set null" }),
    approvedAt: moment(),
    approvedBy: text(),
    deletedAt: moment(),
    deletedBy: text(),
  },
  (t) => [
    index("mails_inbox").on(t.receivedAt, t.id).where(sql`job_id is null and deleted_at is null`),
    index("mails_deleted").on(t.deletedAt, t.id).where(sql`deleted_at is not null`),
    index("mails_waiting").on(t.receivedAt).where(sql`kind = 'waiting'`),
    index("mails_match").on(t.matchKey, t.fromAddress).where(sql`job_id is null and deleted_at is null`),
    index("mails_job").on(t.jobId, t.receivedAt),
  ],
);

export const runs = pgTable(
  "runs",
  {
    id: id(),
    jobId: uuid()
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    mailId: uuid().references(() => mails.id, { onDelete: "set null" }),
    status: status().notNull(),
    message: text(),
    /** When it ran: the start the mail names, else when the mail was sent, else when it came. */
    ranAt: moment().notNull(),
    /** Only when the mail names it; a second mail with the same start and status is the same run. */
    startedAt: moment(),
    endedAt: moment(),
    durationSeconds: integer(),
    sizeBytes: size(),
    transferredBytes: size(),
    notes: text().array().notNull().default([]),
    reviewedAt: moment(),
    reviewedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    reviewer: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("runs_mail").on(t.mailId),
    uniqueIndex("runs_same").on(t.jobId, t.startedAt, t.status).where(sql`started_at is not null`),
    index("runs_job").on(t.jobId, t.ranAt),
    index("runs_ran_at").on(t.ranAt, t.id),
    index("runs_unreviewed").on(t.ranAt, t.id).where(sql`reviewed_at is null`),
    index("runs_reviewed").on(t.reviewedAt, t.id).where(sql`reviewed_at is not null`),
  ],
);

export const runObjects = pgTable(
  "run_objects",
  {
    runId: uuid()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    name: text().notNull(),
    status: status().notNull(),
    message: text(),
    sizeBytes: size(),
    durationSeconds: integer(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.position] })],
);
