import "server-only";
import { createHash } from "node:crypto";
import type { mails } from "../db/schema/mails";
import { columnsOf } from "../filing/file-mail";
import type { ReadMail } from "../mail/parse/types";
import { readMail } from "../mail/read";
import { storable } from "../mails/storable";
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
    ...columnsOf(storable(read)),
    id,
    receivedAt,
    source: "sample",
    broughtBy: "sample data",
    raw,
    sizeBytes: raw.length,
    dedupeKey: read.messageId ?? `sha256:${createHash("sha256").update(raw).digest("hex")}`,
    attempts: 1,
  };
  return { row, read };
}
