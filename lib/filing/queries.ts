import "server-only";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { z } from "zod";
import { requireRight } from "../access/guard";
import { coveredCustomers, coveredJobs, coveredTypes } from "../access/scope";
import { db } from "../db";
import { contains } from "../db/keyset";
import { customers, jobKeys, jobs, resourceTypes } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { type Clues, type Hint, type SuggestedType, type Suggestion, suggest } from "./suggest";

/** @returns for each mail, in the same order, the customer and perhaps job that it seems to belong to; null where nothing fits. */
export async function listSuggestions(shown: readonly Clues[]): Promise<(Suggestion | null)[]> {
  const access = await requireRight("inbox.view");
  if (shown.length === 0) return [];
  const covered = and(coveredJobs(access), coveredCustomers(access));
  const alive = and(isNull(jobs.archivedAt), isNull(customers.deactivatedAt), covered);
  const [keys, hosts, senders] = [valuesOf(shown, "matchKey"), valuesOf(shown, "host"), valuesOf(shown, "fromAddress")];
  const hints = await unionAll(
    db()
      .select({
        by: by("key"),
        value: sql<string>`${jobKeys.matchKey}`,
        customer,
        jobId: text(jobs.id),
        job: text(jobs.name),
      })
      .from(jobs)
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .innerJoin(jobKeys, eq(jobKeys.jobId, jobs.id))
      .where(and(inArray(jobKeys.matchKey, keys), alive)),
    db()
      .selectDistinct({ by: by("host"), value: sql<string>`lower(${jobs.host})`, customer, jobId: none, job: none })
      .from(jobs)
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .where(and(inArray(sql`lower(${jobs.host})`, hosts), alive)),
    db()
      .selectDistinct({
        by: by("sender"),
        value: sql<string>`lower(${jobKeys.sender})`,
        customer,
        jobId: none,
        job: none,
      })
      .from(jobs)
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .innerJoin(jobKeys, eq(jobKeys.jobId, jobs.id))
      .where(and(inArray(sql`lower(${jobKeys.sender})`, senders), alive)),
  );
  return shown.map((mail) => suggest(mail, hints));
}

const by = (name: Hint["by"]) => sql<Hint["by"]>`${name}::text`;
const customer = sql<string>`${customers.name}`;
const text = (column: typeof jobs.id | typeof jobs.name) => sql<string | null>`${column}::text`;
const none = sql<string | null>`null::text`;

/** A list is never empty for the database; no stored value is this one. */
function valuesOf(shown: readonly Clues[], clue: keyof Clues): string[] {
  return ["\u0001", ...new Set(shown.flatMap((mail) => mail[clue]?.toLowerCase() || []))];
}

const NAMES_AT_ONCE = 20;
const JOBS_AT_ONCE = 500;

/** @returns names of customers one may approve to that contain what was typed, at most 20. */
export async function listCustomerNames(search: string): Promise<string[]> {
  const access = await requireRight("inbox.process");
  const rows = await db()
    .select({ name: customers.name })
    .from(customers)
    .where(and(isNull(customers.deactivatedAt), contains(customers.name, search), coveredCustomers(access)))
    .orderBy(asc(sql`lower(${customers.name})`))
    .limit(NAMES_AT_ONCE);
  return rows.map(({ name }) => name);
}

export type JobChoice = { id: string; name: string; software: string; host: string };

/** @param name of the customer, without regard to case. @returns its jobs that receive runs; null when there is no such customer. */
export async function listJobsOf(name: string): Promise<JobChoice[] | null> {
  const access = await requireRight("inbox.process");
  const rows = await db()
    .select({ id: jobs.id, name: jobs.name, software: jobs.software, host: jobs.host })
    .from(customers)
    .leftJoin(jobs, and(eq(jobs.customerId, customers.id), isNull(jobs.archivedAt), coveredJobs(access)))
    .where(
      and(sql`lower(${customers.name}) = lower(${name})`, isNull(customers.deactivatedAt), coveredCustomers(access)),
    )
    .orderBy(asc(sql`lower(${jobs.name})`), asc(jobs.id))
    .limit(JOBS_AT_ONCE);
  if (rows.length === 0) return null;
  return rows.flatMap(({ id, name, software, host }) =>
    id === null ? [] : [{ id, name: name ?? "", software: software ?? "", host: host ?? "" }],
  );
}

/** @returns the kinds of resources that a new job may protect, in their order. */
export async function listResourceTypes(): Promise<SuggestedType[]> {
  const access = await requireRight("inbox.process");
  const { id, name, suggestedAs, position } = resourceTypes;
  return db().select({ id, name, suggestedAs }).from(resourceTypes).where(coveredTypes(access)).orderBy(asc(position));
}

/** @param id of a mail that was just approved. @returns what became of it, or null for one that this role does not cover. */
export async function getApproval(id: string) {
  const access = await requireRight("inbox.view");
  if (!z.uuid().safeParse(id).success) return null;
  const together = sql<number>`(select count(*)::int from mails as other where other.job_id = ${mails.jobId} and other.approved_at = ${mails.approvedAt})`;
  const [mail] = await db()
    .select({ subject: mails.subject, job: jobs.name, customer: customers.name, together })
    .from(mails)
    .innerJoin(jobs, eq(jobs.id, mails.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(mails.id, id), coveredJobs(access)));
  return mail ?? null;
}
