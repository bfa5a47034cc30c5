import "server-only";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { coversNewCustomer } from "../access/new-customer";
import { coveredTypes } from "../access/scope";
import type { Executor } from "../db";
import { resourceTypes } from "../db/schema/desk";
import { mails } from "../db/schema/mails";
import type { ParsedRun } from "../mail/parse/types";
import { subjectLabel } from "../mails/rules";
import { inboxMails } from "../mails/visible";
import type { Approval } from "./approve";
import { findHints } from "./hints";
import { type Hint, type Suggestion, suggest, suggestedBecause, suggestedType } from "./suggest";

/** What would happen to a mail: approved like this, or left where it is and why. */
export type Planned = {
  id: string;
  subject: string;
  matchKey: string | null;
  sender: string;
} & ({ approval: Approval; does: string; because: string } | { approval: null; does: string; because: "" });

type Row = Awaited<ReturnType<typeof readMails>>[number];

/** @returns for each mail of the Inbox among these, in the order of their ids, what approving as suggested would do. */
export async function planApprovals(executor: Executor, access: Access, ids: readonly string[]): Promise<Planned[]> {
  const rows = await readMails(executor, access, ids);
  if (rows.length === 0) return [];
  const clues = rows.map(cluesOf);
  const hints = await findHints(executor, access, clues);
  const types = await executor
    .select({ id: resourceTypes.id, name: resourceTypes.name, suggestedAs: resourceTypes.suggestedAs })
    .from(resourceTypes)
    .where(coveredTypes(access))
    .orderBy(asc(resourceTypes.position));
  const mayAdd = can(access, "customers.manage") && (await coversNewCustomer(executor, access, null));
  return rows.map((row) => planOf(row, hints, { types, mayAdd, mayAddJobs: can(access, "jobs.manage") }));
}

const readMails = (executor: Executor, access: Access, ids: readonly string[]) =>
  executor
    .select({
      id: mails.id,
      subject: mails.subject,
      kind: mails.kind,
      matchKey: mails.matchKey,
      sender: mails.fromAddress,
      run: sql<ParsedRun | null>`${mails.parsed} -> 0`,
    })
    .from(mails)
    .where(and(inArray(mails.id, [...ids]), inboxMails(access)))
    .orderBy(asc(mails.id));

const cluesOf = ({ matchKey, run, sender }: Row) => ({
  matchKey,
  host: run?.host ?? null,
  customer: run?.customer ?? null,
  fromAddress: sender,
});

type May = { types: Parameters<typeof suggestedType>[0]; mayAdd: boolean; mayAddJobs: boolean };

function planOf(row: Row, hints: readonly Hint[], may: May): Planned {
  const mail = { id: row.id, subject: subjectLabel(row.subject), matchKey: row.matchKey, sender: row.sender };
  const stays = (why: string): Planned => ({ ...mail, approval: null, does: why, because: "" });
  const suggestion = suggest(cluesOf(row), hints);
  if (row.kind === "waiting") return stays("It is still being read.");
  if (row.kind === "info") return stays("It is no result of a backup.");
  if (!row.run || row.kind !== "run") return stays("Its result was not recognised.");
  if (!suggestion) return stays("Nothing is suggested for it.");
  if (suggestion.by === "named" && !may.mayAdd) return stays("The customer it names is not here yet.");
  const approval = approvalOf(row, row.run, suggestion, may);
  const because = suggestedBecause[suggestion.by];
  const { customer, job } = suggestion;
  if (job) return { ...mail, approval, does: `Run of ${job}, ${customer}`, because };
  if (!may.mayAddJobs) return stays("It would need a new job, which your role may not add.");
  const what = `New job ${approval.name}, ${suggestion.by === "named" ? `new customer ${customer}` : customer}`;
  return { ...mail, approval, does: what, because };
}

function approvalOf(row: Row, run: ParsedRun, { customer, jobId }: Suggestion, { types }: May): Approval {
  return {
    mail: row.id,
    customer,
    job: jobId,
    name: (run.jobName || row.subject).slice(0, 200),
    software: run.software.slice(0, 200),
    host: (run.host ?? "").slice(0, 200),
    job_type: (run.jobType || "backup").slice(0, 100),
    resource_type: suggestedType(types, run.resourceType)?.id ?? null,
  };
}

/** @returns the mails that wait with the same key as one of these: they will go along. */
export const sameKeyAs = (mail: Pick<Planned, "matchKey" | "sender">) =>
  and(eq(mails.matchKey, mail.matchKey ?? ""), eq(mails.fromAddress, mail.sender), eq(mails.kind, "run"));
