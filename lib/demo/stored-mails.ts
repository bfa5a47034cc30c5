import "server-only";
import { createHash } from "node:crypto";
import type { mails } from "../db/schema/mails";
import type { ReadMail } from "../mail/parse/types";
import { readMail } from "../mail/read";
import type { Random } from "./random";

type Row = typeof mails.$inferInsert & { id: string };

/** Reads a source as the intake does. @returns a row of `mails` that belongs to no job, and what was read. */
export async function storedMail(
  random: Random,
  raw: Uint8Array,
  receivedAt: Date,
): Promise<{ row: Row; read: ReadMail }> {
  const id = random.id(receivedAt.getTime());
  const read = await readMail(raw, receivedAt.toISOString());
  const row: Row = {
    id,
    receivedAt,
    source: "sample",
    broughtBy: "sample data",
    raw,
    sizeBytes: raw.length,
    dedupeKey: read.messageId ?? `sha256:${createHash("sha256").update(raw).digest("hex")}`,
    subject: read.subject,
    fromAddress: read.fromAddress,
    fromName: read.fromName,
    sentAt: read.sentAt === null ? null : new Date(read.sentAt),
    text: read.text,
    html: read.html,
    kind: read.kind,
    parser: read.parser,
    parsed: read.runs,
    error: read.error,
    matchKey: read.runs[0]?.matchKey ?? null,
    attempts: 1,
  };
  return { row, read };
}
