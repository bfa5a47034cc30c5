import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { can } from "../access/can";
import { requireRight } from "../access/guard";
import { coversNewCustomer } from "../access/new-customer";
import { coveredCustomers, coveredJobs, coveredTypes } from "../access/scope";
import { db } from "../db";
import { contains } from "../db/keyset";
import { customers, jobs, resourceTypes } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import { findHints } from "./hints";
import { type Clues, type Hint, type SuggestedType, type Suggestion, suggest } from "./suggest";

/** @returns for each mail, in the same order, the customer and perhaps job that it seems to belong to; null where nothing fits. */
export async function listSuggestions(shown: readonly Clues[]): Promise<(Suggestion | null)[]> {
  const access = await requireRight("inbox.view");
  if (shown.length === 0) return [];
  const hints = await findHints(db(), access, shown);
  const mayAdd = can(access, "customers.manage") && (await coversNewCustomer(db(), access, null));
  return shown.map((mail) => suggest(mayAdd ? mail : { ...mail, customer: knownOnly(mail, hints) }, hints));
}

/** Who may not add customers is not told to. */
const knownOnly = ({ customer }: Clues, hints: readonly Hint[]): string | null =>
  hints.find((hint) => hint.by === "tenant" && hint.value === customer?.toLowerCase())?.customer ?? null;

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
