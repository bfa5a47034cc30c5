import "server-only";
import { and, eq } from "drizzle-orm";
import type { Tx } from "../db";
import { mails } from "../db/schema/mails";
import type { ReadMail } from "../mail/parse/types";
import { storable } from "../mails/storable";
import { fileParts } from "./file-parts";
import { jobKeyOf, lockKeys, toJobKey } from "./keys";
import { fileKnown } from "./known";
import { kindOf } from "./parts";

/** Writes down what was read of a mail, and files it when its key belongs to a job. Does nothing for one that is no longer waiting. */
export async function fileMail(tx: Tx, id: string, read: ReadMail): Promise<void> {
  const kept = storable(read);
  const columns = columnsOf(kept);
  const { kind, fromAddress } = columns;
  const key = jobKeyOf({ kind, parsed: kept.runs }, fromAddress);
  const partKeys = kind === "digest" ? kept.runs.map(({ matchKey }) => toJobKey(matchKey, fromAddress)) : [];
  await lockKeys(tx, key ? [key] : partKeys);
  const [mail] = await tx
    .update(mails)
    .set(columns)
    .where(and(eq(mails.id, id), eq(mails.kind, "waiting")))
    .returning(filedColumns);
  if (!mail || mail.deletedAt) return;
  if (kind === "digest") await fileParts(tx, mail, kept);
  else await fileKnown(tx, { ...mail, parsed: kept.runs }, key);
}

/** What filing works with; never the source of a mail, which may be 25 MB. */
export const filedColumns = {
  id: mails.id,
  kind: mails.kind,
  error: mails.error,
  sentAt: mails.sentAt,
  receivedAt: mails.receivedAt,
  senderCheck: mails.senderCheck,
  deletedAt: mails.deletedAt,
  broughtBy: mails.broughtBy,
  channelId: mails.channelId,
  dedupeKey: mails.dedupeKey,
};

/** @param read fit for the database. @returns the columns of `mails` that say what was read. */
export function columnsOf(read: ReadMail) {
  const { subject, fromName, sentAt, text, html, parser, runs, attachments } = read;
  const kind = kindOf(read);
  const fromAddress = read.fromAddress.slice(0, 320);
  return {
    ...{ subject, fromAddress, fromName, text, html, kind, parser, attachments },
    parsed: runs,
    sentAt: sentAt === null ? null : new Date(sentAt),
    error: read.error ?? read.alert,
    matchKey: jobKeyOf({ kind, parsed: runs }, fromAddress)?.matchKey ?? null,
  };
}
