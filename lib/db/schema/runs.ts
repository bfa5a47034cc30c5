import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  date,
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
import { jobs } from "./desk";
import { mails } from "./mails";
import { overrides } from "./overrides";

const size = () => bigint({ mode: "number" });
const status = () => text({ enum: ["success", "warning", "failed", "unknown", "missed"] });

export const runs = pgTable(
  "runs",
  {
    id: id(),
    jobId: uuid()
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    mailId: uuid().references(() => mails.id, { onDelete: "set null" }),
    status: status().notNull(),
    /** What it counts as: a success while an override treats it so. */
    countsAs: status().notNull().generatedAlwaysAs(sql`case when override_id is null then status else 'success' end`),
    overrideId: uuid().references(() => overrides.id, { onDelete: "set null" }),
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
    /** What is odd about it although it may be a success: `Oddity[]` of lib/oddities/rules.ts. */
    odd: jsonb().notNull().default([]),
    /** For a run that is missed: the day (in the zone of the job) and the how-manieth of that day it should have been. */
    slotDate: date({ mode: "string" }),
    slotIndex: integer(),
    expectedAt: moment(),
    /** A missed run of a source that was silent itself: not believed until the source is heard again. */
    isSuspected: boolean().notNull().default(false),
    /** The run that came after all. */
    lateRunId: uuid().references((): AnyPgColumn => runs.id, { onDelete: "set null" }),
    reviewedAt: moment(),
    reviewedBy: uuid().references(() => users.id, { onDelete: "set null" }),
    reviewer: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("runs_mail").on(t.mailId),
    uniqueIndex("runs_same").on(t.jobId, t.startedAt, t.status).where(sql`started_at is not null`),
    uniqueIndex("runs_slot").on(t.jobId, t.slotDate, t.slotIndex).where(sql`slot_date is not null`),
    index("runs_override").on(t.overrideId).where(sql`override_id is not null`),
    index("runs_late_run").on(t.lateRunId).where(sql`late_run_id is not null`),
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
    overrideId: uuid().references(() => overrides.id, { onDelete: "set null" }),
    message: text(),
    sizeBytes: size(),
    durationSeconds: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.position] }),
    index("run_objects_override").on(t.overrideId).where(sql`override_id is not null`),
  ],
);
