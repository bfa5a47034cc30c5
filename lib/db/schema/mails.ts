import { sql } from "drizzle-orm";
import { type AnyPgColumn, customType, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "./access";
import { jobs } from "./desk";

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

export const mails = pgTable(
  "mails",
  {
    id: id(),
    receivedAt: moment().notNull().defaultNow(),
    source: text({
      enum: ["upload", "intake", "sample", "imap", "graph", "smtp", "webhook", "digest"],
    }).notNull(),
    /** Who or what brought it: a username, the name of an intake key or of a mail source. */
    broughtBy: text().notNull(),
    /** The intake key or mail source, of either table; null for what people upload. */
    channelId: uuid(),
    /** What the receiving side found out about the sender; a success of a sender that failed is not believed. */
    senderCheck: text({ enum: ["unchecked", "passed", "failed"] })
      .notNull()
      .default("unchecked"),
    /** A mail with many results is taken apart: each of its parts is a mail of its own, with only its own text. */
    parentId: uuid().references((): AnyPgColumn => mails.id, { onDelete: "cascade" }),
    part: integer(),
    /** Empty once `rawPurgedAt` is set. */
    raw: bytes().notNull(),
    rawPurgedAt: moment(),
    sizeBytes: integer().notNull(),
    /** One message is one mail: its Message-ID, else a hash of its bytes. */
    dedupeKey: text().notNull().unique("mails_dedupe_key"),
    subject: text().notNull().default(""),
    fromAddress: text().notNull().default(""),
    fromName: text().notNull().default(""),
    sentAt: moment(),
    text: text().notNull().default(""),
    html: text(),
    kind: text({ enum: ["waiting", "run", "info", "unknown", "unreadable", "digest"] })
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
    index("mails_channel").on(t.channelId, t.receivedAt).where(sql`channel_id is not null`),
    index("mails_parent").on(t.parentId).where(sql`parent_id is not null`),
    index("mails_parser").on(t.parser),
    index("mails_raw").on(t.receivedAt).where(sql`raw_purged_at is null`),
  ],
);
