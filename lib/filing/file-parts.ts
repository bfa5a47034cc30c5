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
  const parts = partsOf(digest.dedupeKey, read);
  const known = await tx
    .select({ dedupeKey: mails.dedupeKey })
    .from(mails)
    .where(inArray(mails.dedupeKey, ["", ...parts.map(({ dedupeKey }) => dedupeKey)]));
  const there = new Set(known.map(({ dedupeKey }) => dedupeKey));
  for (const part of parts) if (!there.has(part.dedupeKey)) await filePart(tx, digest, read, part);
}

async function filePart(tx: Tx, digest: Digest, read: ReadMail, part: Part): Promise<void> {
  const { kind, run } = part;
  const { receivedAt, senderCheck, broughtBy, channelId } = digest;
  const columns = partColumns(digest, read, part);
  const came = { receivedAt, senderCheck, broughtBy, channelId, source: "digest", parentId: digest.id } as const;
  const [mail] = await tx
    .insert(mails)
    .values({ ...columns, ...came, attempts: 1, attemptedAt: sql`now()` })
    .onConflictDoNothing({ target: mails.dedupeKey })
    .returning({ id: mails.id });
  if (!mail) return;
  const key = jobKeyOf({ kind, parsed: [run] }, columns.fromAddress);
  await fileKnown(tx, { ...digest, id: mail.id, kind, parsed: [run], error: null }, key);
}

/** @returns the columns of `mails` that say what a part says. */
export function partColumns({ sentAt }: Pick<Digest, "sentAt">, read: ReadMail, part: Part) {
  const { subject, text, raw, kind, run, dedupeKey } = part;
  const fromAddress = read.fromAddress.slice(0, 320);
  return {
    ...{ subject, text, raw, kind, dedupeKey, sentAt, fromAddress, part: part.part, sizeBytes: raw.length },
    fromName: read.fromName,
    parser: read.parser,
    parsed: [run],
    matchKey: jobKeyOf({ kind, parsed: [run] }, fromAddress)?.matchKey ?? null,
  };
}
