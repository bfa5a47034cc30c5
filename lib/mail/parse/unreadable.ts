import { type Head, readHead } from "./head";
import { storable } from "./storable";
import { tidyText } from "./text";
import type { ReadMail } from "./types";

/** A mail of which only the head is known, because of `error`. Cheap, and never throws. */
export function unreadable(raw: Uint8Array, error: string): ReadMail {
  const head = headOf(readHead(bufferOf(raw)));
  return storable({
    ...head,
    kind: "unreadable",
    parser: "none",
    text: "",
    html: null,
    attachments: [],
    runs: [],
    alert: null,
    error,
  });
}

/** What a ReadMail says of the head. */
export function headOf(head: Head): Pick<ReadMail, "messageId" | "subject" | "fromAddress" | "fromName" | "sentAt"> {
  return {
    messageId: head.messageId === null ? null : tidyText(head.messageId),
    subject: tidyText(head.subject),
    fromAddress: tidyText(head.fromAddress),
    fromName: tidyText(head.fromName),
    sentAt: head.sentAt,
  };
}

/** The same bytes as a Buffer, without a copy. */
export function bufferOf(raw: Uint8Array): Buffer {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
}
