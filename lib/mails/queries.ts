import "server-only";
import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { z } from "zod";
import type { Access } from "../access/can";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { COUNT_LIMIT, cappedCount, contains, keyset } from "../db/keyset";
import { mails } from "../db/schema/mails";
import type { ListQuery } from "../list";
import type { MailAttachment, ParsedRun } from "../mail/parse/types";
import type { RunStatus } from "../statuses";
import { mailKinds, SHOWN_SOURCE_BYTES } from "./rules";
import { deletedMails, digestMails, inboxMails } from "./visible";

export const inboxSorts = ["-received", "received", "subject", "from"] as const;
export type InboxSort = "received" | "subject" | "from";
export const deletedSorts = ["-deleted", "deleted", "subject", "from"] as const;
export type DeletedSort = "deleted" | "subject" | "from";

export type InboxPage = Awaited<ReturnType<typeof listInbox>>;
export type DeletedPage = Awaited<ReturnType<typeof listDeletedMails>>;
export type InboxMail = Awaited<ReturnType<typeof getInboxMail>>;

const named = { id: mails.id, subject: mails.subject, fromAddress: mails.fromAddress, fromName: mails.fromName };
const bySubject = { by: sql`lower(${mails.subject})`, type: "text" } as const;
const bySender = { by: sql`lower(${mails.fromAddress})`, type: "text" } as const;
const searched = (search: string): SQL =>
  contains(sql`(${mails.subject} || ' ' || ${mails.fromName} || ' ' || ${mails.fromAddress})`, search);

/** @returns one page of the mails that wait for a job, and how many there are in all, in words. */
export async function listInbox(query: ListQuery<InboxSort>) {
  const access = await requireRight("inbox.view");
  const received = { by: mails.receivedAt, type: "timestamptz" } as const;
  const page = keyset(query, { received, subject: bySubject, from: bySender }, mails.id);
  const where = and(inboxMails(access), ofKind(query.filters.kind), searched(query.search));
  const shown = db()
    .select({ id: mails.id })
    .from(mails)
    .where(and(where, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit)
    .as("shown");
  const fetched = await db()
    .select({
      ...named,
      receivedAt: mails.receivedAt,
      kind: mails.kind,
      matchKey: mails.matchKey,
      software: sql<string | null>`${mails.parsed} -> 0 ->> 'software'`,
      host: sql<string | null>`${mails.parsed} -> 0 ->> 'host'`,
      customer: sql<string | null>`${mails.parsed} -> 0 ->> 'customer'`,
      status: worstStatus,
      // What a mail says that is no result; of others it is why they could not be read.
      alert: sql<string | null>`case when ${mails.kind} in ('info', 'digest') then ${mails.error} end`,
      results: sql<number>`jsonb_array_length(${mails.parsed})`,
      cursor: page.cursor,
      total: totalOf(where),
    })
    .from(mails)
    // First which rows, then what stands in them: looking into what was parsed of 10,000 mails takes half a second.
    .innerJoin(shown, eq(shown.id, mails.id))
    .orderBy(...page.orderBy);
  return { ...page.of(fetched), total: cappedCount(fetched[0]?.total ?? 0) };
}

/** In the database: a mail of thousands of objects is not brought here to show a word of it. */
const worstStatus = sql<RunStatus | null>`case
  when ${mails.parsed} @> '[{"status":"failed"}]' then 'failed' when ${mails.parsed} @> '[{"status":"unknown"}]' then 'unknown'
  when ${mails.parsed} @> '[{"status":"warning"}]' then 'warning' when ${mails.parsed} @> '[{"status":"success"}]' then 'success' end`;

const totalOf = (where: SQL | undefined): SQL<number> =>
  sql<number>`(select count(*)::int from ${db().select({ id: mails.id }).from(mails).where(where).limit(COUNT_LIMIT).as("counted")})`;

function ofKind(kind: string | undefined): SQL {
  const known = mailKinds.find((one) => one === kind);
  return known ? eq(mails.kind, known) : sql`true`;
}

/** @returns one page of the deleted mails, and how many there are in all, in words. */
export async function listDeletedMails(query: ListQuery<DeletedSort>) {
  const access = await requireRight("deleted_mails.manage");
  const deleted = { by: mails.deletedAt, type: "timestamptz" } as const;
  const page = keyset(query, { deleted, subject: bySubject, from: bySender }, mails.id);
  const where = and(deletedMails(access), searched(query.search));
  const fetched = await db()
    .select({
      ...named,
      receivedAt: mails.receivedAt,
      deletedAt: mails.deletedAt,
      deletedBy: mails.deletedBy,
      cursor: page.cursor,
      total: totalOf(where),
    })
    .from(mails)
    .where(and(where, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return { ...page.of(fetched), total: cappedCount(fetched[0]?.total ?? 0) };
}

/** A digest is opened like a mail of the Inbox, although it may stand in no list. */
const opened = (access: Access, id: string): SQL | undefined =>
  and(eq(mails.id, id), or(inboxMails(access), digestMails(access)));

/** @returns a mail of the Inbox, or a digest, with all that was read of it, but neither its HTML nor its source. */
export async function getInboxMail(id: string) {
  const access = await requireRight("inbox.view");
  if (!z.uuid().safeParse(id).success) notFound();
  const [mail] = await db()
    .select({
      ...named,
      receivedAt: mails.receivedAt,
      sentAt: mails.sentAt,
      source: mails.source,
      broughtBy: mails.broughtBy,
      sizeBytes: mails.sizeBytes,
      kind: mails.kind,
      parser: mails.parser,
      parsed: sql<ParsedRun[]>`${mails.parsed}`,
      attachments: sql<MailAttachment[]>`${mails.attachments}`,
      error: mails.error,
      matchKey: mails.matchKey,
      senderCheck: mails.senderCheck,
      part: mails.part,
      rawPurgedAt: mails.rawPurgedAt,
      hasHtml: sql<boolean>`${mails.html} is not null`,
    })
    .from(mails)
    .where(opened(access, id));
  return mail ?? notFound();
}

/** @returns the text of a mail of the Inbox, at most 200,000 characters. */
export async function getInboxText(id: string): Promise<string> {
  const access = await requireRight("inbox.view");
  const [mail] = await db().select({ text: mails.text }).from(mails).where(opened(access, id));
  return mail?.text ?? notFound();
}

/** @returns the beginning of the message as it came, at most SHOWN_SOURCE_BYTES. */
export async function getInboxSource(id: string): Promise<string> {
  const access = await requireRight("inbox.view");
  const [mail] = await db()
    .select({ source: sql<Uint8Array>`substring(${mails.raw} from 1 for ${SHOWN_SOURCE_BYTES}::int)` })
    .from(mails)
    .where(opened(access, id));
  return mail ? new TextDecoder().decode(mail.source) : notFound();
}

/** @returns the subject of a mail that this person has just deleted; null for any other. */
export async function getDeletion(id: string): Promise<string | null> {
  const access = await requireRight("inbox.view");
  if (!z.uuid().safeParse(id).success) return null;
  const [mail] = await db()
    .select({ subject: mails.subject })
    .from(mails)
    .where(and(eq(mails.id, id), isNull(mails.jobId), eq(mails.deletedBy, access.username)));
  return mail?.subject ?? null;
}
