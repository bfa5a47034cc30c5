import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "./access";
import { customers } from "./desk";

export const reports = pgTable("reports", {
  id: id(),
  name: text().notNull().unique("reports_name"),
  kind: text({ enum: ["results"] })
    .notNull()
    .default("results"),
  /** A rolling period in days, counted back from yesterday in the account's time zone. */
  days: integer().notNull(),
  customerId: uuid().references(() => customers.id, { onDelete: "cascade" }),
  createdBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  version: integer().notNull().default(1),
});
