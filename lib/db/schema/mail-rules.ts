import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "./access";
import { mails } from "./mails";

/** How an administrator taught the product to read mails that no parser knows. */
export const mailRules = pgTable("mail_rules", {
  id: id(),
  name: text().notNull().unique("mail_rules_name"),
  position: integer().notNull(),
  disabledAt: moment(),
  /** `MailRule` of lib/mail/rules/types.ts. */
  rule: jsonb().notNull(),
  createdBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  version: integer().notNull().default(1),
});

/** Reading stored mails once more, with the parsers and rules of now: first read, then shown, then applied. */
export const reparses = pgTable(
  "reparses",
  {
    id: id(),
    /** `ReparseChoice` of lib/reparses/types.ts: which mails. */
    choice: jsonb().notNull(),
    state: text({ enum: ["reading", "ready", "applying", "applied", "cancelled", "failed"] })
      .notNull()
      .default("reading"),
    total: integer().notNull(),
    done: integer().notNull().default(0),
    applied: integer().notNull().default(0),
    /** The last mail that was read; reading goes on after it. */
    cursor: uuid(),
    error: text(),
    startedBy: text().notNull(),
    startedById: uuid(),
    startedAt: moment().notNull().defaultNow(),
    endedAt: moment(),
  },
  (t) => [index("reparses_started").on(t.startedAt, t.id)],
);

/** A mail that would be read differently now. */
export const reparseChanges = pgTable(
  "reparse_changes",
  {
    reparseId: uuid()
      .notNull()
      .references(() => reparses.id, { onDelete: "cascade" }),
    mailId: uuid()
      .notNull()
      .references(() => mails.id, { onDelete: "cascade" }),
    /** `Reading` of lib/reparses/types.ts: what was read, and what would be. */
    before: jsonb().notNull(),
    after: jsonb().notNull(),
    appliedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.reparseId, t.mailId] })],
);
