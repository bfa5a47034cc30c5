import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./access";

/** Work in the background: which node has it, and how it went. See lib/tasks. */
export const tasks = pgTable("tasks", {
  name: text().primaryKey(),
  /** The node that runs it now; it says every few seconds that it still does, or loses it. */
  node: text(),
  leasedUntil: moment(),
  startedAt: moment(),
  finishedAt: moment(),
  durationMs: integer(),
  /** How the last one failed, in words; null after a success. */
  error: text(),
});
