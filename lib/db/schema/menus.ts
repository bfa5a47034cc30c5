import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";

/** Menus that an administrator changed; one that is not here, or knows no page, is as the registry has it. */
export const menus = pgTable("menus", {
  key: text({ enum: ["main", "header", "bottom", "shortcuts"] }).primaryKey(),
  /** `StoredMenuItem[]` of lib/menus/rules.ts. */
  items: jsonb().notNull(),
  /** The registry's pages when it was stored: a page that is not among them came with a later version. */
  knownPages: text().array().notNull(),
  version: integer().notNull().default(1),
});
