import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { auditEntries, settings } from "../db/schema/access";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import { isUsed, oldEntries, oldMails, oldRuns } from "./old";
import type { Going, Preview, Retention } from "./rules";

/** @returns how long things are kept, with the version of the settings that it was read from. */
export async function getRetention(): Promise<{ days: Retention; version: number }> {
  await requireRight("settings.manage");
  return stored();
}

/** @returns what the first round of the task would remove, were these the days. */
export async function previewRetention(days: Retention): Promise<Preview> {
  await requireRight("settings.manage");
  const [removed, ofMails, ofRuns, ofAudit] = await Promise.all([
    days.mails === null ? nothing : going(mails, mails.receivedAt, sql`${oldMails(days.mails)} and not ${isUsed}`),
    days.mails === null ? nothing : going(mails, mails.receivedAt, oldMails(days.mails)),
    days.runs === null ? nothing : going(runs, runs.ranAt, oldRuns(days.runs)),
    days.audit === null ? nothing : going(auditEntries, auditEntries.at, oldEntries(days.audit)),
  ]);
  return { mails: ofMails, runs: ofRuns, audit: ofAudit, mailsRemoved: removed.count };
}

/** @returns how long runs and mails are kept, for whoever looks at them. */
export async function retentionOf(): Promise<Retention> {
  await requireRight("resources.view");
  return (await stored()).days;
}

const nothing: Going = { count: 0, oldest: null };

async function going(table: PgTable, moment: PgColumn, old: SQL | undefined): Promise<Going> {
  const oldest = sql<string | null>`to_char(min(${moment}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  const [row] = await db().select({ count: sql<number>`count(*)::int`, oldest }).from(table).where(old);
  return row ?? nothing;
}

async function stored(): Promise<{ days: Retention; version: number }> {
  const { keepMailsDays, keepRunsDays, keepAuditDays, version } = settings;
  const [row] = await db().select({ keepMailsDays, keepRunsDays, keepAuditDays, version }).from(settings);
  if (!row) throw new Error("The settings row is missing.");
  return {
    days: { mails: row.keepMailsDays, runs: row.keepRunsDays, audit: row.keepAuditDays },
    version: row.version,
  };
}
