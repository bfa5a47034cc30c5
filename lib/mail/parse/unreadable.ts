import { type Head, readHead } from "./head";
import { tidyText } from "./text";
import type { ReadMail } from "./types";

/** A mail of which only the head is known, because of `error`. Cheap, and never throws. */
export function unreadable(raw: Uint8Array, error: string): ReadMail {
  const head = headOf(readHead(bufferOf(raw)));
  return { ...head, kind: "unreadable", parser: "none", text: "", html: null, attachments: [], runs: [], error };
}

/** What a ReadMail says of the head. */
export function headOf(head: Head): Pick<ReadMail, "messageId" | "subject" | "fromAddress" | "fromName" | "sentAt"> {
  const { messageId, subject, fromAddress, fromName, sentAt } = head;
  return { messageId, subject: tidyText(subject), fromAddress, fromName: tidyText(fromName), sentAt };
}

/** The same bytes as a Buffer, without a copy. */
export function bufferOf(raw: Uint8Array): Buffer {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
}
