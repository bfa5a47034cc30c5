import "server-only";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { env } from "../env";

/** The first file of an export: what it is, and what must be in it. */
export const manifestSchema = z.object({
  format: z.literal("backupchecks-export"),
  version: z.literal(1),
  /** The last migration of the database: its number and name. */
  schema: z.object({ number: z.number().int().min(0), name: z.string() }),
  createdAt: z.string(),
  tables: z.array(z.object({ name: z.string(), rows: z.number().int().min(0), columns: z.array(z.string()) })),
  /** How many messages are there as they came. */
  mails: z.number().int().min(0),
  leftOut: z.record(z.string(), z.string()),
  /** Says whether an installation has the PASSWORD_PEPPER that the passwords were hashed with, without telling it. */
  pepper: z.string(),
});

export type Manifest = z.output<typeof manifestSchema>;

/** @returns the last migration that this version knows. */
export function ownSchema(): Manifest["schema"] {
  const file = path.join(/*turbopackIgnore: true*/ process.cwd(), "drizzle/meta/_journal.json");
  const journal = z.object({ entries: z.array(z.object({ idx: z.number(), tag: z.string() })) });
  const last = journal.parse(JSON.parse(readFileSync(/*turbopackIgnore: true*/ file, "utf8"))).entries.at(-1);
  return { number: last?.idx ?? 0, name: last?.tag ?? "" };
}

/** @returns what tells two peppers apart. */
export const pepperMark = (): string =>
  createHmac("sha256", env().PASSWORD_PEPPER).update("export").digest("base64url").slice(0, 22);
