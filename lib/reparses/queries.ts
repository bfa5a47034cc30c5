import "server-only";
import { asc, desc, eq, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { requireRight } from "../access/guard";
import { coversEveryJob } from "../access/scope";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { reparseChanges, reparses } from "../db/schema/mail-rules";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import { isId } from "../ids";
import type { Reading, ReparseChoice } from "./types";

export const CHANGES_SHOWN = 200;
const LATEST = 5;

/** @returns the latest five times that mails were read once more; none for a role that does not cover every job. */
export async function listReparses() {
  const access = await requireRight("settings.manage");
  if (!coversEveryJob(access)) return [];
  const rows = await db().select().from(reparses).orderBy(desc(reparses.startedAt)).limit(LATEST);
  return rows.map((row) => ({ ...row, choice: row.choice as ReparseChoice }));
}

export type ListedReparse = Awaited<ReturnType<typeof listReparses>>[number];

/** @returns how far it is, and the first changes. Stops with 404 for a role that does not cover every job. */
export async function getReparse(id: string) {
  const access = await requireRight("settings.manage");
  if (!isId(id) || !coversEveryJob(access)) notFound();
  const [reparse] = await db().select().from(reparses).where(eq(reparses.id, id));
  if (!reparse) notFound();
  const of = eq(reparseChanges.reparseId, id);
  const [changes, counts] = await Promise.all([
    db()
      .select({
        mailId: reparseChanges.mailId,
        before: sql<Reading>`${reparseChanges.before}`,
        after: sql<Reading>`${reparseChanges.after}`,
        subject: mails.subject,
        receivedAt: mails.receivedAt,
        deletedAt: mails.deletedAt,
        jobId: mails.jobId,
        job: jobs.name,
        customer: customers.name,
        runId: runs.id,
        reviewedAt: runs.reviewedAt,
      })
      .from(reparseChanges)
      .innerJoin(mails, eq(mails.id, reparseChanges.mailId))
      .leftJoin(jobs, eq(jobs.id, mails.jobId))
      .leftJoin(customers, eq(customers.id, jobs.customerId))
      .leftJoin(runs, eq(runs.mailId, mails.id))
      .where(of)
      .orderBy(asc(reparseChanges.mailId))
      .limit(CHANGES_SHOWN),
    db().$count(reparseChanges, of),
  ]);
  return { ...reparse, choice: reparse.choice as ReparseChoice, changes, changeCount: counts };
}

export type Reparse = Awaited<ReturnType<typeof getReparse>>;
export type ReparseChange = Reparse["changes"][number];
