import type { RunStatus } from "../../statuses";
import { type Found, toRun } from "../parse/runs";
import type { Said } from "../parse/said";
import { worst } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";
import type { Parser, Reading } from "./parser";

// The name of a job may hold quotes and parentheses, so it goes up to the last of them.
const shape = /^Backup Exec Alert:\s*([^("]{1,80}?)\s*\(Server: "([^"]{1,100})"\)(?:\s*\(Job: "(.{1,300})"\))?$/i;
// The categories that say how a job ended.
const results: Record<string, RunStatus> = {
  "job success": "success",
  "job warning": "warning",
  "job completed with exceptions": "warning",
  "backup job contains no data": "warning",
  "job failed": "failed",
  "job cancellation": "failed",
};
const quiet = new Set([
  "job start",
  "general information",
  "database maintenance information",
  "service start",
  "service stop",
  "storage information",
  "media information",
  "tape alert information",
  "software update information",
]);
const completions: Record<string, RunStatus> = {
  successful: "success",
  "completed with exceptions": "warning",
  resumed: "warning",
  "failed over": "warning",
  recovered: "warning",
  canceled: "failed",
  "canceled timed out": "failed",
  failed: "failed",
  missed: "missed",
};

type Alert = { category: string; server: string; job: string | null };

/** Veritas Backup Exec's alerts: the category in the subject says what happened, the body why. */
export const backupExec: Parser = {
  id: "backup-exec",
  software: "Backup Exec",
  recognisedBy: 'Subject “Backup Exec Alert: <category> (Server: "…") (Job: "…")”.',
  languages: "English",
  basis: { tag: "SAMPLE", from: "real mails" },
  recognises: (view) => shape.test(view.subject),
  parse: read,
};

function read(view: MailView): Reading {
  const [, category = "", server = "", job] = shape.exec(view.subject) ?? [];
  const alert = { category, server, job: job ?? null };
  if (quiet.has(category.toLowerCase())) return "info";
  if (Object.hasOwn(results, category.toLowerCase()) && alert.job !== null) return [runOf(alert, view)];
  // Media to insert, a library that waits, a catalog in disorder: nothing ended, but somebody has to look.
  return alert.job !== null && /^job\b/i.test(category) ? [runOf(alert, view)] : { alert: view.subject };
}

function runOf({ category, server, job }: Alert, view: MailView): ParsedRun {
  const status = statusOf(category, view);
  return toRun(
    {
      software: backupExec.software,
      jobName: job ?? "",
      host: { value: server, from: `(Server: "${server}")` },
      jobType: /\brestor/i.test(job ?? "") ? "restore" : "backup",
      resourceType: "Server",
      status,
      message: status.value === "success" ? null : messageOf(view.text, status),
    },
    view,
  );
}

function statusOf(category: string, view: MailView): Said<RunStatus> {
  const start = view.text.slice(0, 20_000);
  const completion = /^\s{0,8}Job completion status:\s*([a-z ]{4,40}?)\s*$/im.exec(start);
  // "Missed" is worse than nothing, but a job that never ran did not fail either.
  if (completion?.[1]?.toLowerCase() === "missed") return { value: "missed", from: completion[0] };
  const exceptions =
    /completed successfully\.\s{0,10}However,\s{1,4}the\s{1,4}following\s{1,4}conditions\s{1,4}were\s{1,4}encountered/i.exec(
      start,
    );
  const failure = /The job failed with the following error|The job was cancell?ed because/i.exec(start);
  const ended = wordIn(completions, completion?.[1]?.toLowerCase() ?? "");
  const error = /^.{0,100}(?:\bFinal error: 0x0*[1-9a-f]|\bV-79-\d).{0,300}$/im.exec(start)?.[0].trim() ?? "";
  const { status, text } = worst([
    { status: wordIn(results, category.toLowerCase()) ?? "unknown", text: category },
    { status: error ? "warning" : "unknown", text: error },
    { status: exceptions ? "warning" : "unknown", text: exceptions?.[0] ?? "" },
    { status: failure ? "failed" : "unknown", text: failure?.[0] ?? "" },
    { status: ended ?? "unknown", text: completion?.[0] ?? "" },
  ]);
  if (completion && !ended && status === "success") return { value: "unknown", from: completion[0] };
  // "Job Success" stands above exceptions too.
  if (status === "success" && start.trim() === "") return { value: "unknown", from: category };
  const known = Object.hasOwn(results, category.toLowerCase()) || status !== "success";
  return known ? { value: status, from: text } : { value: "unknown", from: category };
}

function messageOf(text: string, status: Said<RunStatus>): Found["message"] {
  const cause =
    /The job failed with the following error:?\s*([^\n]{1,400})/i.exec(text)?.[1] ??
    /The job was cancell?ed because[^\n]{1,300}/i.exec(text)?.[0] ??
    /following conditions were encountered:?\s*([^\n]{1,300})/i.exec(text)?.[1];
  const code = /\bV-79-\d{1,6}-\d{1,6}\b[^\n]{0,300}/.exec(text)?.[0];
  return (
    cause?.trim() ?? code?.trim() ?? { value: `Backup Exec says “${status.from}” without a reason.`, from: status.from }
  );
}
