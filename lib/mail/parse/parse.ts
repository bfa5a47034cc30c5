import { parsers } from "../parsers/registry";
import { checkLimits } from "./check-limits";
import { unwrapForward } from "./forwards";
import { type Head, readHead } from "./head";
import { readHtml } from "./html";
import { limits } from "./limits";
import { type Mime, readMime } from "./mime";
import { sanitise } from "./sanitise";
import { storable } from "./storable";
import { tidyText } from "./text";
import type { ParsedRun, ReadMail } from "./types";
import { bufferOf, headOf, unreadable } from "./unreadable";
import { type MailView, mailTime } from "./view";

type Result = Pick<ReadMail, "kind" | "parser" | "runs">;

const noResult: Result = { kind: "info", parser: "none", runs: [] };

/**
 * Reads a mail in this thread: what the worker does for lib/mail/read.ts. Never rejects: what cannot be read is "unreadable", with the
 * reason in words. `receivedAt` is ISO 8601; it is the latest moment that anything in the mail is believed to have happened.
 */
export async function parseMail(raw: Uint8Array, receivedAt: string): Promise<ReadMail> {
  return storable(await parseAt(bufferOf(raw), receivedAt, 0));
}

async function parseAt(raw: Buffer, receivedAt: string, depth: number): Promise<ReadMail> {
  try {
    const tooMuch = checkLimits(raw);
    return tooMuch ? unreadable(raw, tooMuch) : await parseChecked(raw, receivedAt, depth);
  } catch (error) {
    const cause = error instanceof Error ? error.message.slice(0, 200) : "unknown";
    return unreadable(raw, `The mail could not be taken apart: ${cause}`);
  }
}

async function parseChecked(raw: Buffer, receivedAt: string, depth: number): Promise<ReadMail> {
  const head = readHead(raw);
  if (!head.looksLikeMail) return unreadable(raw, "This is not an e-mail message.");
  const mime = await readMime(raw);
  const view = viewOf(head, mime, receivedAt);
  const outer: ReadMail = {
    ...headOf(head),
    ...(head.isDeliveryReport ? noResult : recognise(view)),
    text: shownText(tidyText(mime.text), view.htmlText),
    html: sanitise(mime.html, mime.images),
    attachments: mime.attachments,
    error: null,
  };
  const decided = outer.kind === "run" || outer.kind === "info" || depth >= limits.forwards;
  return decided ? outer : withAttachedMails(outer, mime.messages, receivedAt, depth);
}

function viewOf(head: Head, mime: Mime, receivedAt: string): MailView {
  const html = readHtml(mime.html);
  const text = tidyText(mime.text);
  return {
    ...headOf(head),
    text: text || html.text,
    htmlText: html.text,
    rows: html.rows,
    when: mailTime(head.sentAt, head.sentOffsetMinutes, receivedAt),
  };
}

function recognise(outer: MailView): Result {
  const view = unwrapForward(outer);
  const parser = parsers.find((candidate) => candidate.recognises(view));
  const result = parser?.parse(view);
  if (!parser || !result) return { kind: "unknown", parser: "none", runs: [] };
  if (result === "info") return { kind: "info", parser: parser.id, runs: [] };
  const clear = result.some((run) => run.status !== "unknown" && run.jobName !== "");
  return {
    kind: clear ? "run" : "unknown",
    parser: parser.id,
    runs: result.slice(0, limits.attachedMessages).map(bounded),
  };
}

function bounded(run: ParsedRun): ParsedRun {
  return { ...run, objects: run.objects.slice(0, limits.objects) };
}

function shownText(text: string, htmlText: string): string {
  // Some senders put "please use a reader that shows HTML" into the text part.
  const stub = text.length * 10 < htmlText.length;
  return (stub || text === "" ? htmlText : text).slice(0, limits.shownTextChars);
}

async function withAttachedMails(
  outer: ReadMail,
  messages: Buffer[],
  receivedAt: string,
  depth: number,
): Promise<ReadMail> {
  const inner: ReadMail[] = [];
  for (const message of messages) inner.push(await parseAt(message, receivedAt, depth + 1));
  const kinds = ["run", "unknown", "info"] as const;
  const first = kinds.map((kind) => inner.find((mail) => mail.kind === kind)).find((mail) => mail !== undefined);
  if (!first) return outer;
  return {
    ...outer,
    kind: first.kind,
    parser: first.parser,
    runs: inner.flatMap((mail) => mail.runs),
    text: [outer.text, ...inner.map((mail) => mail.text)].filter(Boolean).join("\n\n").slice(0, limits.shownTextChars),
    html: outer.html ?? first.html,
  };
}
