import { sql } from "drizzle-orm";
import { integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, moment } from "./access";

/** Where mails come from by themselves: mailboxes that are read, and the listener that others deliver to. */
export const mailSources = pgTable(
  "mail_sources",
  {
    id: id(),
    kind: text({ enum: ["imap", "graph", "smtp"] }).notNull(),
    name: text().notNull(),
    /** `SourceOptions` of lib/sources/types.ts: all but secrets. */
    options: jsonb().notNull(),
    /** `SourceSecrets` of lib/sources/types.ts, sealed by lib/secrets.ts. */
    secrets: text().notNull().default(""),
    disabledAt: moment(),
    /** Where reading stopped: uid validity and uid, or a delta link. */
    position: jsonb(),
    checkedAt: moment(),
    succeededAt: moment(),
    /** The last error in words; null after a success. */
    error: text(),
    failedAt: moment(),
    mailCount: integer().notNull().default(0),
    lastMailAt: moment(),
    /** Since when it has been silent for longer than usual; null: it is not. */
    silentSince: moment(),
    /** Somebody pressed "Check now" at this moment. */
    checkRequestedAt: moment(),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    version: integer().notNull().default(1),
  },
  (t) => [uniqueIndex("mail_sources_name").on(sql`lower(${t.name})`)],
);
