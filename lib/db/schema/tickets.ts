import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "./access";
import { customers, jobs } from "./desk";

/** Tickets and remarks: a remark is a note without a code. */
export const tickets = pgTable(
  "tickets",
  {
    id: id(),
    kind: text({ enum: ["ticket", "remark"] }).notNull(),
    /** Counts the tickets; shown as T-1001. Null for remarks. */
    number: integer().unique("tickets_number"),
    title: text().notNull(),
    body: text().notNull().default(""),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    resolvedAt: moment(),
    resolvedBy: text(),
    version: integer().notNull().default(1),
  },
  (t) => [index("tickets_list").on(t.kind, t.createdAt, t.id)],
);

/** What a ticket or remark is about: a whole customer, or one job. Without a row it is about the whole account. */
export const ticketScopes = pgTable(
  "ticket_scopes",
  {
    id: id(),
    ticketId: uuid()
      .notNull()
      .references(() => tickets.id, { onDelete: "cascade" }),
    customerId: uuid().references(() => customers.id, { onDelete: "cascade" }),
    jobId: uuid().references(() => jobs.id, { onDelete: "cascade" }),
  },
  (t) => [
    index("ticket_scopes_ticket").on(t.ticketId),
    index("ticket_scopes_customer").on(t.customerId),
    index("ticket_scopes_job").on(t.jobId),
  ],
);
