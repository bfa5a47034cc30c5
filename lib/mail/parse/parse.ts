import type { Parser, Reading } from "../parsers/parser";
import { parsersWith } from "../rules/parsers";
import type { RuleSet } from "../rules/types";
import { checkLimits } from "./check-limits";
import { cutNote, isCut } from "./cut";
import { unwrapForward } from "./forwards";
import { type Head, readHead } from "./head";
import { readHtml } from "./html";
import { limits } from "./limits";
import { type Mime, readMime } from "./mime";
import { sanitise } from "./sanitise";
import { collapsed } from "./shown";
import { storable } from "./storable";
import { oneLine, tidyText } from "./text";
import type { ParsedRun, ReadMail } from "./types";
import { bufferOf, headOf, unreadable } from "./unreadable";
import { type MailView, mailTime } from "./view";

type Result = Pick<ReadMail, "kind" | "parser" | "runs" | "alert">;

const noResult: Result = { kind: "info", parser: "none", runs: [], alert: null };

/**
 * Reads a mail in this thread: what the worker does for lib/mail/read.ts. Never rejects: what cannot be read is "unreadable", with the
 * reason in words. `receivedAt` is ISO 8601; it is the latest moment that anything in the mail is believed to have happened. `rules` are
 * those that an administrator added to the parsers of the product.
 */
export async function parseMail(raw: Uint8Array, receivedAt: string, rules?: RuleSet): Promise<ReadMail> {
  return storable(await parseAt(bufferOf(raw), { receivedAt, parsers: parsersWith(rules), isShort: false }, 0));
}

/** `isShort`: the end is missing of the mail that this one is attached to. */
type Asked = { receivedAt: string; parsers: readonly Parser[]; isShort: boolean };

async function parseAt(raw: Buffer, asked: Asked, depth: number): Promise<ReadMail> {
  try {
    const tooMuch = checkLimits(raw);
    return tooMuch ? unreadable(raw, tooMuch) : await parseChecked(raw, asked, depth);
  } catch (error) {
    const cause = error instanceof Error ? error.message.slice(0, 200) : "unknown";
    return unreadable(raw, `The mail could not be taken apart: ${cause}`);
  }
}

async function parseChecked(raw: Buffer, asked: Asked, depth: number): Promise<ReadMail> {
  const head = readHead(raw);
  if (!head.looksLikeMail) return unreadable(raw, "This is not an e-mail message.");
  const mime = await readMime(raw);
  const view = viewOf(head, mime, asked.receivedAt);
  const isShort = () => asked.isShort || isCut(raw, mime, depth === 0);
  const outer: ReadMail = {
    ...headOf(head),
    ...(head.isDeliveryReport ? noResult : recognise(view, asked.parsers, isShort)),
    // What only people may make sense of: no result is read from a body whose parts are declared wrongly.
    text: shownText(tidyText(mime.text), view.htmlText) || tidyText(mime.bare),
    html: sanitise(mime.html, mime.images),
    attachments: mime.attachments,
    error: null,
  };
  const open = outer.kind === "unknown" && depth < limits.forwards;
  if (!open || mime.messages.length === 0) return outer;
  return withAttachedMails(outer, mime.messages, { ...asked, isShort: isShort() }, depth);
}

function viewOf(head: Head, mime: Mime, receivedAt: string): MailView {
  const html = readHtml(mime.html);
  const text = tidyText(mime.text);
  const named = headOf(head);
  return {
    ...named,
    text: text || html.text,
    htmlText: html.text,
    rows: html.rows,
    headers: head.marks,
    attachments: mime.attachments,
    shown: { subject: collapsed(named.subject), text: collapsed(shownText(text, html.text)) },
    when: mailTime(head.sentAt, head.sentOffsetMinutes, receivedAt),
  };
}

function recognise(outer: MailView, parsers: readonly Parser[], isShort: () => boolean): Result {
  const view = unwrapForward(outer);
  const parser = parsers.find((candidate) => candidate.recognises(view));
  const found = parser?.parse(view);
  const result = found && !parser?.statedFirst && hasSuccess(found) && isShort() ? doubted(found) : found;
  if (!parser || !result) return { ...noResult, kind: "unknown" };
  if (result === "info") return { ...noResult, parser: parser.id };
  if (Array.isArray(result)) return { parser: parser.id, ...resultsOf(result) };
  const { alert, runs = [] } = result;
  const read = runs.length > 0 ? resultsOf(runs) : noResult;
  return { ...read, parser: parser.id, alert: alert ? oneLine(alert) : read.alert };
}

const runsOf = (reading: Reading): ParsedRun[] =>
  reading === "info" ? [] : Array.isArray(reading) ? reading : (reading.runs ?? []);

const hasSuccess = (reading: Reading): boolean => runsOf(reading).some(({ status }) => status === "success");

// What is missing may tell otherwise.
function doubted(reading: Reading): Reading {
  const runs = runsOf(reading).map((run): ParsedRun => {
    if (run.status !== "success") return run;
    return { ...run, status: "unknown", message: cutNote, notes: [...new Set([...run.notes, cutNote])] };
  });
  return reading === "info" || Array.isArray(reading) ? runs : { ...reading, runs };
}

function resultsOf(all: ParsedRun[]): Pick<Result, "kind" | "runs" | "alert"> {
  const runs = all.slice(0, limits.results);
  const clear = runs.some((run) => run.status !== "unknown" && run.jobName !== "");
  const more = all.length - runs.length;
  return {
    kind: runs.length > 1 ? "digest" : clear ? "run" : "unknown",
    runs,
    alert: more > 0 ? `The mail holds ${more} more results, which were left out.` : null,
  };
}

function shownText(text: string, htmlText: string): string {
  // Some senders put "please use a reader that shows HTML" into the text part.
  const stub = text.length * 10 < htmlText.length;
  return (stub || text === "" ? htmlText : text).slice(0, limits.shownTextChars);
}

async function withAttachedMails(outer: ReadMail, messages: Buffer[], asked: Asked, depth: number): Promise<ReadMail> {
  const inner: ReadMail[] = [];
  for (const message of messages) inner.push(await parseAt(message, asked, depth + 1));
  const kinds = ["run", "digest", "unknown", "info"] as const;
  const first = kinds.map((kind) => inner.find((mail) => mail.kind === kind)).find((mail) => mail !== undefined);
  if (!first) return outer;
  const runs = inner.flatMap((mail) => mail.runs);
  const { kind, alert } = runs.length > 1 ? resultsOf(runs) : first;
  return {
    ...outer,
    ...{ kind, alert, parser: first.parser, runs: runs.slice(0, limits.results) },
    text: [outer.text, ...inner.map(asForwarded)].filter(Boolean).join("\n\n").slice(0, limits.shownTextChars),
    html: outer.html ?? first.html,
  };
}

// With its head, as an inline forward would show it.
function asForwarded(mail: ReadMail): string {
  if (mail.kind === "unreadable") return "";
  const from = mail.fromName ? `${mail.fromName} <${mail.fromAddress}>` : mail.fromAddress;
  return `From: ${from}\nSubject: ${mail.subject}\n\n${mail.text}`.trim();
}
