import { parseMail } from "./parse/parse";
import type { ReadMail } from "./parse/types";

/** What lib/mail/read.ts sends into the thread. */
export default function parseTask(task: { raw: Uint8Array; receivedAt: string }): Promise<ReadMail> {
  return parseMail(task.raw, task.receivedAt);
}
