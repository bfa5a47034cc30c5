import type { Shown } from "./shown";
import type { MailAttachment } from "./types";

/** A mail as parsers see it: forwards unwrapped, text tidied, tables as rows of cells. */
export type MailView = {
  subject: string;
  fromAddress: string;
  fromName: string;
  /** The text part, or the text of the HTML when there is none. */
  text: string;
  /** The text of the HTML; "" when the mail has none. */
  htmlText: string;
  rows: string[][];
  when: MailTime;
  /** Header fields that begin with "x-" and "auto-submitted", by name in lower case, of the mail as it came. */
  headers: ReadonlyMap<string, string>;
  /** The attachments of the mail as it came. */
  attachments: readonly MailAttachment[];
  /** What people see of the mail as it came, forwards and all: evidence is quoted from it. */
  shown: Shown;
};

/** What is known about the time of the mail, in milliseconds since 1970 where not said otherwise. */
export type MailTime = {
  received: number;
  /** The Date header, or the time of receiving when it is missing or lies in the future. */
  sent: number;
  /** The Date header's own offset; not that of the machine that made the backup. */
  sentOffsetMinutes: number | null;
  /** True for a mail forwarded inline: its Date header says when it was forwarded. */
  forwarded: boolean;
  /** True when the Date header lies in the future. */
  future: boolean;
};

/** The time of a mail from its Date header and the moment it was received, both ISO 8601. */
export function mailTime(sentAt: string | null, sentOffsetMinutes: number | null, receivedAt: string): MailTime {
  const received = Date.parse(receivedAt);
  const sent = sentAt === null ? Number.NaN : Date.parse(sentAt);
  const future = sent > received + 10 * 60_000;
  return {
    received,
    sent: Number.isNaN(sent) || future ? received : sent,
    sentOffsetMinutes,
    forwarded: false,
    future,
  };
}
