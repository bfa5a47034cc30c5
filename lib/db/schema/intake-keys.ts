import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id, moment } from "./access";

/** Keys with which machines deliver mails to `POST /api/intake/mail`. */
export const intakeKeys = pgTable("intake_keys", {
  id: id(),
  name: text().notNull(),
  keyHash: text().notNull().unique("intake_keys_hash"),
  createdBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  lastUsedAt: moment(),
  mailCount: integer().notNull().default(0),
  /** Since when it has been silent for longer than usual; null: it is not. */
  silentSince: moment(),
  endedAt: moment(),
});
