import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, moment, users } from "./access";
import { customers, jobs } from "./desk";
import { runs } from "./runs";

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
    /** The number and the address it has in another ticket system. */
    externalCode: text().notNull().default(""),
    externalUrl: text().notNull().default(""),
    assigneeId: uuid().references(() => users.id, { onDelete: "set null" }),
    createdBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    resolvedAt: moment(),
    resolvedBy: text(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index("tickets_list").on(t.kind, t.createdAt, t.id),
    index("tickets_assignee").on(t.assigneeId).where(sql`resolved_at is null`),
  ],
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
    /** One object of the job. */
    objectName: text(),
    /** The run from which it was made. */
    runId: uuid().references(() => runs.id, { onDelete: "set null" }),
  },
  (t) => [
    index("ticket_scopes_ticket").on(t.ticketId),
    index("ticket_scopes_customer").on(t.customerId),
    index("ticket_scopes_job").on(t.jobId),
    index("ticket_scopes_run").on(t.runId).where(sql`run_id is not null`),
  ],
);
