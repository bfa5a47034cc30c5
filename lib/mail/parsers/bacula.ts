import type { RunStatus } from "../../statuses";
import { countSaid, edgesOf, plannedFor, said, timesOf, worstSaid } from "../parse/findings";
import { lineValue } from "../parse/labels";
import { readDuration, readNumber } from "../parse/numbers";
import { toRun } from "../parse/runs";
import { labelValue, reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser, Reading } from "./parser";

const subjectShape =
  /^(?:(?:bareos|bacula)\s*:|\[[^\]]{1,40}\])\s*(backup|restore|verify|admin|archive|copy|migrate|migration|consolidate)\s+(.{1,60}?)\s+of\s+(.{1,200})$/i;
const levels = /\s+(?:virtual ?full|full|incremental|differential|base|since|(?:init|disk to|volume to)? ?catalog)$/i;
const termination =
  /^\W*(backup|restore|verify|admin|archive|copy(?:ing)?|migrat(?:e|ion)|consolidate)\s+(.*?)[\s*]*$/i;
const notice = /^(?:bareos|bacula)(?:\s*:)?\s*(?:daemon message|intervention needed)/i;
const cause = /^.{0,120}(?:Fatal error|Error|Warning): (.{1,300})$/gim;
const stamp = /\.\d{4}-\d\d-\d\d[T_]\d\d\.\d\d\.\d\d_\d+$/;
const outcomes: readonly [RegExp, RunStatus][] = [
  [/^ok$/, "success"],
  [/^(?:ok -- .{0,30}warning.*|non-fatal error|(?:verify )?differences)$/, "warning"],
  [/^(?:(?:fatal )?error\b.*|failed\b.*|cancell?ed)$/, "failed"],
];

/**
 * The job report of Bareos and Bacula: client and level in the subject, the job in the body, "Termination:" as its last line. Words of
 * results from Bareos' source (job_code in the message library, backup.cc), layout from its default messages resource and real mails.
 */
export const bacula: Parser = {
  id: "bacula",
  software: "Bareos or Bacula",
  recognisedBy: "Subject “Bareos:” or “Bacula: Backup … of client level”, or “JobId” and “Termination” in the text.",
  languages: "English",
  basis: { tag: "SOURCE", from: "Bareos's source and default configuration, real mails" },
  statedFirst: true,
  recognises: (view) => notice.test(view.subject) || hasProduct(view.subject) || hasReport(view),
  parse: (view) => (notice.test(view.subject) ? noticeOf(view) : [parse(edgesOf(view))]),
};

function hasProduct(subject: string): boolean {
  return /^(?:bareos|bacula)\s*:/i.test(subject) && subjectShape.test(subject);
}

function hasReport(view: MailView): boolean {
  return /^\s*JobId:\s+\d/m.test(view.text) && /^\s*(?:Termination|Scheduled time):/m.test(view.text);
}

// A daemon that asks for a tape or complains is nobody's run, but somebody should see it.
function noticeOf(view: MailView): Reading {
  const trouble = /^.{0,200}(?:error|intervention|please mount|cannot|could not).{0,200}$/im.exec(view.text)?.[0];
  if (/intervention needed/i.test(view.subject)) return { alert: view.subject };
  return trouble ? { alert: trouble } : "info";
}

function parse(view: MailView): ParsedRun {
  const subject = subjectShape.exec(view.subject);
  const job = labelValue(view, "job");
  const client = clientOf(view, subject);
  const ended = labelValue(view, "termination");
  const duration = reading(labelValue(view, "elapsed time"), readDuration);
  const status = verdictOf(view, subject, ended);
  return toRun(
    {
      software: /bareos/i.test(`${view.subject} ${view.fromName} ${view.text.slice(0, 5000)}`) ? "Bareos" : "Bacula",
      jobName: reading(job, (name) => name.replace(stamp, "")) ?? client ?? "",
      host: client,
      jobType: typeOf(subject?.[1] ?? termination.exec(ended?.value ?? "")?.[1] ?? "backup"),
      resourceType: "Server",
      status,
      message: status.value === "success" ? null : messageOf(view, status),
      ...times(view, duration?.value ?? null, job === null),
      durationSeconds: duration,
      sizeBytes: bytes(view, "fd bytes written", "bytes restored"),
      transferredBytes: bytes(view, "sd bytes written"),
    },
    view,
  );
}

function clientOf(view: MailView, subject: RegExpExecArray | null): Said<string> | null {
  const stated = reading(labelValue(view, "client"), (text) => /^"?([^"\s]{1,200})/.exec(text)?.[1] ?? null);
  return stated ?? said(subject?.[3]?.replace(levels, ""), view.subject);
}

function verdictOf(view: MailView, subject: RegExpExecArray | null, ended: Said<string> | null): Said<RunStatus> {
  const errors = ["non-fatal fd errors", "fd errors", "sd errors"].map((label) => number(view, label));
  return worstSaid(
    [
      said(subject && statusOf(subject[2] ?? ""), view.subject),
      reading(ended, (text) => statusOf(termination.exec(text)?.[2] ?? text)),
      ...["fd", "sd"].map((daemon) => daemonSaid(view, `${daemon} termination status`)),
      ...errors.map((count) => countSaid(count, "warning", null)),
    ],
    view.subject,
  );
}

// The line alone: it is empty where a daemon had no part in the job.
function daemonSaid(view: MailView, label: string): Said<RunStatus> | null {
  const word = lineValue(view.text, label) ?? "";
  return said(/^(?:fatal |non-fatal )?error|^cancel/i.test(word) ? "failed" : null, `${label}: ${word}`);
}

function statusOf(outcome: string): RunStatus {
  const word = outcome.trim().toLowerCase();
  return outcomes.find(([pattern]) => pattern.test(word))?.[1] ?? "unknown";
}

function typeOf(word: string): string {
  return word
    .toLowerCase()
    .replace(/^copying$/, "copy")
    .replace(/^migrate$/, "migration");
}

function messageOf(view: MailView, status: Said<RunStatus>): Said<string> | string {
  const causes = [...view.text.slice(0, 500_000).matchAll(cause)].map(([line, text = ""]) => ({ line, text }));
  const worst = causes.find(({ line }) => /error: /i.test(line)) ?? causes[0];
  if (worst && status.value !== "unknown") return worst.text;
  if (status.value === "unknown") return { value: "The mail does not say how the job ended.", from: status.from };
  return { value: "The job did not end well.", from: status.from };
}

function times(view: MailView, seconds: number | null, unnamed: boolean) {
  const planned = labelValue(view, "scheduled time");
  const start = labelValue(view, "start time") ?? planned;
  const found = timesOf(view, start, labelValue(view, "end time"), seconds);
  const note = "The mail does not name the job; the name of the client stands for it.";
  const scheduledAt = plannedFor(planned, start, found.startedAt);
  return { ...found, scheduledAt, notes: [...found.notes, ...(unnamed ? [note] : [])] };
}

function number(view: MailView, label: string): Said<number> | null {
  return reading(labelValue(view, label), (text) => readNumber(text, null));
}

// "62,685,875 (62.68 MB)": the exact number stands first.
function bytes(view: MailView, ...labels: string[]): Said<number> | null {
  return reading(labelValue(view, ...labels), (text) => readNumber(text.replace(/\s*\(.*$/, ""), "."));
}
