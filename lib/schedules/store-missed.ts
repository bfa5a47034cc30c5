import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import type { Look } from "./look";

/** `at`: milliseconds since the epoch. */
export type MissedRow = { jobId: string; date: string; index: number; at: number; message: string };

const SILENT = "Its mail source is silent: the mail may still come.";
const AWAY = "BackupChecks itself was not running: the mail may still come.";

/** Adds missed runs; a slot that is told already is left alone. What may be the fault of our own intake is only suspected. */
export async function storeMissed(tx: Tx, rows: readonly MissedRow[], look: Look): Promise<void> {
  if (rows.length === 0) return;
  const channels = await channelsOf(tx, [...new Set(rows.map(({ jobId }) => jobId))]);
  const values = rows.map(({ jobId, date, index, at, message }) => {
    const channel = channels.get(jobId);
    const why = channel && look.silent.has(channel) ? SILENT : look.isBack ? AWAY : null;
    return {
      jobId,
      status: "missed" as const,
      message: why ? `${message} ${why}` : message,
      ranAt: new Date(at),
      slotDate: date,
      slotIndex: index,
      expectedAt: new Date(at),
      isSuspected: why !== null,
      createdAt: look.now,
    };
  });
  const added = await tx.insert(runs).values(values).onConflictDoNothing().returning({ id: runs.id });
  const ids = added.map(({ id }) => id);
  if (ids.length > 0) await look.helpers.follow(tx, ids);
}

/** @returns by job, the mail source or intake key of its latest mail. */
async function channelsOf(tx: Tx, jobIds: readonly string[]): Promise<Map<string, string>> {
  const latest = tx
    .select({ channelId: mails.channelId })
    .from(mails)
    .where(sql`${mails.jobId} = ${jobs.id}`)
    .orderBy(sql`${mails.receivedAt} desc`)
    .limit(1)
    .as("latest");
  const rows = await tx
    .select({ jobId: jobs.id, channelId: latest.channelId })
    .from(jobs)
    .innerJoinLateral(latest, sql`true`)
    .where(inArray(jobs.id, [...jobIds]));
  return new Map(rows.flatMap(({ jobId, channelId }) => (channelId ? [[jobId, channelId] as const] : [])));
}
