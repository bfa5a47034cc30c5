import { readAddress } from "./addresses";
import { limits } from "./limits";
import { readMailDate } from "./mail-dates";
import { decodeWords } from "./words";

export type Field = { name: string; value: string };

export type Head = {
  subject: string;
  fromAddress: string;
  fromName: string;
  messageId: string | null;
  /** ISO 8601 in UTC. */
  sentAt: string | null;
  /** The Date header's own offset from UTC, in minutes. */
  sentOffsetMinutes: number | null;
  /** A report of a mail system about another mail: not delivered, delayed, read. */
  isDeliveryReport: boolean;
  /** Fields that begin with "x-" and "auto-submitted": the marks of some senders. */
  marks: ReadonlyMap<string, string>;
  /** False when the bytes do not begin like a mail at all. */
  looksLikeMail: boolean;
};

const longestValue = 4000;
const marksAtMost = 100;

/** What the head of a mail says, cheaply and without ever throwing: at most limits.headBytes are looked at. */
export function readHead(raw: Buffer): Head {
  const fields = headFields(raw.subarray(0, headEnd(raw)));
  const value = (name: string) => fields.find((field) => field.name === name)?.value.slice(0, longestValue) ?? "";
  const charset = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(value("content-type"))?.[1];
  const from = readAddress(value("from") || value("sender"), charset);
  const sent = readMailDate(value("date"));
  return {
    subject: decodeWords(value("subject"), charset).slice(0, 1000),
    fromAddress: from.address,
    fromName: from.name,
    messageId: value("message-id").trim().slice(0, 500) || null,
    sentAt: sent?.iso ?? null,
    sentOffsetMinutes: sent?.offsetMinutes ?? null,
    isDeliveryReport: /^\s*multipart\/report\b/i.test(value("content-type")),
    marks: marksOf(fields),
    looksLikeMail: fields.length > 0,
  };
}

function marksOf(fields: Field[]): Map<string, string> {
  const marks = fields.filter(({ name }) => /^(?:x-|auto-submitted$)/.test(name)).slice(0, marksAtMost);
  return new Map(marks.map(({ name, value }) => [name, decodeWords(value.slice(0, longestValue))]));
}

/** Where the body begins: the index after the first empty line, or the end of what may be a head. */
export function headEnd(raw: Buffer): number {
  const end = Math.min(raw.length, limits.headBytes);
  let position = 0;
  while (position < end) {
    const next = raw.indexOf(0x0a, position);
    if (next < 0 || next >= end) return end;
    const length = next - position;
    position = next + 1;
    if (length === 0 || (length === 1 && raw[next - 1] === 0x0d)) return position;
  }
  return end;
}

/** The fields of a head, unfolded, names in lower case, values as Latin-1. Lines that are no fields are left out. */
export function headFields(head: Buffer): Field[] {
  const fields: { name: string; lines: string[] }[] = [];
  for (const line of head.toString("latin1").split(/\r?\n/)) {
    const name = /^([!-9;-~]{1,100})[ \t]*:/.exec(line);
    if (name?.[1] !== undefined) fields.push({ name: name[1].toLowerCase(), lines: [line.slice(name[0].length)] });
    else if (/^[ \t]/.test(line)) fields.at(-1)?.lines.push(line);
    if (fields.length >= limits.headFields) break;
  }
  return fields.map((field) => ({ name: field.name, value: field.lines.join("") }));
}
