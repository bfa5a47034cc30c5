import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Tx } from "../db";
import { mails } from "../db/schema/mails";
import type { ReadMail } from "../mail/parse/types";
import { jobKeyOf } from "./keys";
import { fileKnown } from "./known";
import { type Part, partsOf } from "./parts";
import type { Filed } from "./rules";

type Digest = Pick<Filed, "id" | "receivedAt" | "sentAt" | "senderCheck"> & {
  broughtBy: string;
  channelId: string | null;
  dedupeKey: string;
};

/**
 * Makes a mail of each result of a digest, and files those of known jobs; what is there already is left alone. Whoever
 * calls this holds the locks of all keys of the parts.
 */
export async function fileParts(tx: Tx, digest: Digest, read: ReadMail): Promise<void> {
  const sender = read.fromAddress.slice(0, 320);
  const parts = partsOf(digest.dedupeKey, read);
  const known = await tx
    .select({ dedupeKey: mails.dedupeKey })
    .from(mails)
    .where(inArray(mails.dedupeKey, ["", ...parts.map(({ dedupeKey }) => dedupeKey)]));
  const there = new Set(known.map(({ dedupeKey }) => dedupeKey));
  for (const part of parts.filter(({ dedupeKey }) => !there.has(dedupeKey)))
    await filePart(tx, digest, read, part, sender);
}

async function filePart(tx: Tx, digest: Digest, read: ReadMail, part: Part, sender: string): Promise<void> {
  const { subject, text, raw, kind, run, dedupeKey } = part;
  const { receivedAt, sentAt, senderCheck, broughtBy, channelId } = digest;
  const key = jobKeyOf({ kind, parsed: [run] }, sender);
  const [mail] = await tx
    .insert(mails)
    .values({
      ...{ subject, text, raw, kind, dedupeKey, receivedAt, sentAt, senderCheck, broughtBy, channelId },
      source: "digest",
      attempts: 1,
      attemptedAt: sql`now()`,
      parentId: digest.id,
      part: part.part,
      sizeBytes: raw.length,
      fromAddress: sender,
      fromName: read.fromName,
      parser: read.parser,
      parsed: [run],
      matchKey: key?.matchKey ?? null,
    })
    .onConflictDoNothing({ target: mails.dedupeKey })
    .returning({ id: mails.id });
  if (mail) await fileKnown(tx, { ...digest, id: mail.id, kind, parsed: [run], error: null }, key);
}
