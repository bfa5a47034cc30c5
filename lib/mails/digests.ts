import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { customers, jobs } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { runs } from "../db/schema/runs";
import { isId } from "../ids";
import type { RunStatus } from "../statuses";
import { digestMails } from "./visible";

/** @param id of a part. @returns the digest it was taken from; null when there is none, or when it is not for this role. */
export async function getDigestOf(id: string): Promise<{ id: string; subject: string } | null> {
  const access = await requireRight("signed-in");
  if (!isId(id)) return null;
  const part = alias(mails, "part");
  const [digest] = await db()
    .select({ id: mails.id, subject: mails.subject })
    .from(mails)
    .innerJoin(part, eq(part.parentId, mails.id))
    .where(and(eq(part.id, id), digestMails(access)));
  return digest ?? null;
}

/** @param id of a digest. @returns its parts in their order, each with where it is now; none when it is not for this role. */
export async function listParts(id: string) {
  const access = await requireRight("inbox.view");
  const digest = db()
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.id, id), digestMails(access)));
  const part = alias(mails, "part");
  return db()
    .select({
      id: part.id,
      part: part.part,
      job: sql<string>`coalesce(${part.parsed} -> 0 ->> 'jobName', '')`,
      status: sql<RunStatus>`coalesce(${part.parsed} -> 0 ->> 'status', 'unknown')`,
      deletedAt: part.deletedAt,
      jobId: part.jobId,
      customer: customers.name,
      runId: runs.id,
    })
    .from(part)
    .leftJoin(jobs, eq(jobs.id, part.jobId))
    .leftJoin(customers, eq(customers.id, jobs.customerId))
    .leftJoin(runs, eq(runs.mailId, part.id))
    .where(sql`${part.parentId} in ${digest}`)
    .orderBy(asc(part.part));
}

export type PartRow = Awaited<ReturnType<typeof listParts>>[number];
