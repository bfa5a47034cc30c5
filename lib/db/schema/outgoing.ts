import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id, moment } from "./access";

/** One row: how the account sends mails and calls others. */
export const outgoing = pgTable(
  "outgoing",
  {
    id: integer().primaryKey().default(1),
    smtpHost: text().notNull().default(""),
    smtpPort: integer().notNull().default(587),
    smtpSecurity: text({ enum: ["starttls", "tls", "none"] })
      .notNull()
      .default("starttls"),
    smtpUser: text().notNull().default(""),
    /** Sealed by lib/secrets.ts, like the secret of the webhook. */
    smtpPassword: text().notNull().default(""),
    fromAddress: text().notNull().default(""),
    webhookUrl: text().notNull().default(""),
    webhookSecret: text().notNull().default(""),
    /** Who is written to about tickets, and about sources that fell silent. */
    ticketRecipients: text().array().notNull().default([]),
    alarmRecipients: text().array().notNull().default([]),
    version: integer().notNull().default(1),
  },
  (t) => [check("outgoing_one_row", sql`${t.id} = 1`)],
);

/** What is to be sent, written in the transaction that it is about; a task sends it, again and again until it is taken. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: id(),
    kind: text({ enum: ["mail", "webhook"] }).notNull(),
    /** What it is about, for people: "T-1001 was resolved". */
    about: text().notNull(),
    /** `MailToSend` or `WebhookToSend` of lib/outgoing/types.ts. */
    content: jsonb().notNull(),
    createdAt: moment().notNull().defaultNow(),
    nextAttemptAt: moment().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    sentAt: moment(),
    /** Given up at this moment. */
    failedAt: moment(),
    error: text(),
  },
  (t) => [
    index("deliveries_due").on(t.nextAttemptAt).where(sql`sent_at is null and failed_at is null`),
    index("deliveries_created").on(t.createdAt, t.id),
  ],
);
