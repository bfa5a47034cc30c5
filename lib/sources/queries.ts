import "server-only";
import { asc, sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { mailSources } from "../db/schema/sources";
import { openSecrets } from "./stored";
import type { Left, SourceOptions } from "./types";

const SHOWN = 500;

/** @returns every mail source, those that are disabled last, without secrets but for the one that is passed on to senders. */
export async function listSources() {
  await requireRight("settings.manage");
  const rows = await db()
    .select()
    .from(mailSources)
    .orderBy(sql`${mailSources.disabledAt} is not null`, asc(sql`lower(${mailSources.name})`))
    .limit(SHOWN);
  return rows.map(({ secrets, position, options, ...row }) => ({
    ...row,
    options: options as SourceOptions,
    recipient: openSecrets({ id: row.id, secrets })?.recipient ?? null,
    left: (position as { left?: Left[] } | null)?.left ?? [],
  }));
}

export type SourceRow = Awaited<ReturnType<typeof listSources>>[number];
