import { headEnd, headFields } from "./head";
import type { Mime } from "./mime";

const said =
  /\[?(?:message|output|log|mail|text)(?: was| has been)? (?:clipped|truncated|cut off|shortened)\]?|\[truncated\]|\(truncated\)/i;

/** What a result is worth in a mail of which the end is missing, for people. */
export const cutNote = "The end of the mail is missing; it may have been cut off.";

/**
 * Whether the end of a mail is visibly missing: its last part or its last line has no end, a tag or a table of its HTML is open, or it says
 * so. What was cut off between two lines of a plain text cannot be seen. `isWhole` for a mail as it was delivered, not one inside another.
 */
export function isCut(raw: Buffer, { text, html }: Pick<Mime, "text" | "html">, isWhole: boolean): boolean {
  const bodyAt = headEnd(raw);
  if (bodyAt >= raw.length) return false;
  const fields = new Map(headFields(raw.subarray(0, bodyAt)).map(({ name, value }) => [name, value]));
  const type = fields.get("content-type") ?? "";
  const boundary = /boundary\s{0,9}=\s{0,9}(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(type);
  const end = boundary ? raw.includes(`--${boundary[1] ?? boundary[2]}--`, bodyAt) : hasEnd(raw, fields, isWhole);
  return !end || said.test(text.slice(-2000)) || said.test(html.slice(-5000)) || isOpen(html);
}

// SMTP gives every message an end of its last line.
function hasEnd(raw: Buffer, fields: ReadonlyMap<string, string>, isWhole: boolean): boolean {
  const encoding = fields.get("content-transfer-encoding")?.trim().toLowerCase() ?? "";
  const tail = raw.subarray(-2000).toString("latin1").trimEnd();
  if (encoding === "quoted-printable" && /=[0-9a-f]?$/i.test(tail)) return false;
  if (encoding === "base64") return encodedEnds(raw);
  return !isWhole || raw.at(-1) === 0x0a || /<\/html>$/i.test(tail);
}

function encodedEnds(raw: Buffer): boolean {
  let count = 0;
  for (const byte of raw.subarray(headEnd(raw))) if (byte > 0x20) count++;
  return count % 4 === 0;
}

function isOpen(html: string): boolean {
  if (html.lastIndexOf("<") > html.lastIndexOf(">") && /<\/?[a-z][^<>]{0,2000}$/i.test(html.slice(-2000))) return true;
  return count(html, /<table\b/gi) > count(html, /<\/table\b/gi);
}

function count(html: string, tag: RegExp): number {
  let found = 0;
  for (const _ of html.matchAll(tag)) found++;
  return found;
}
