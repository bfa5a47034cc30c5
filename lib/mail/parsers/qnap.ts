import type { RunStatus } from "../../statuses";
import { readLocalMoment } from "../parse/dates";
import { cellAfter } from "../parse/labels";
import { normaliseLabel } from "../parse/normalise-label";
import { toRun } from "../parse/runs";
import { labelValue, reading, type Said } from "../parse/said";
import { classify, worst } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";
import { toInstant, zoneNotes, zoneOf } from "../parse/zones";
import type { Parser } from "./parser";

const app = /\bhybrid backup sync\b/i;
const labels = {
  nas: ["nas name", "nome nas"],
  severity: ["severity", "gravità"],
  time: ["date/time", "data/ora"],
  app: ["app name", "nome app"],
  category: ["category", "categoria"],
  message: ["message", "messaggio"],
};
// The severity alone is never a success: a job that has just started is "Info" too.
const quiet = /^info/i;
const severities: Record<string, RunStatus> = {
  warning: "warning",
  avviso: "warning",
  error: "failed",
  errore: "failed",
};
// What somebody did to a job, and not what the job did.
const handled =
  /\b(?:created|deleted|removed|edited|modified|renamed|enabled|disabled|connected|logged in|stopped|paused|creat[oa]|eliminat[oa]|modificat[oa])\b/i;
const started = /\b(?:started|starting|avviat[oa]|avvio)\b/i;
const jobTypes: [RegExp, string][] = [
  [/\brestore|\bripristino/i, "restore"],
  [/\bsync(?:hroni[sz]ation)? job|\bsincronizzazione|\bsync\b/i, "sync"],
];

/** QNAP's Hybrid Backup Sync, as its Notification Center mails it, in English and Italian. */
export const qnap: Parser = {
  id: "qnap",
  software: "QNAP Hybrid Backup Sync",
  recognisedBy:
    "“Hybrid Backup Sync” in the subject or as app name, with the labels NAS name, severity and message (English, Italian).",
  languages: "English, Italian",
  basis: { tag: "SAMPLE", from: "real mails in Italian; English labels are second-hand" },
  recognises: (view) => {
    const named = app.test(view.subject) || app.test(labelValue(view, ...labels.app)?.value ?? "");
    return named && labelValue(view, ...labels.severity) !== null && labelValue(view, ...labels.message) !== null;
  },
  parse: (view) => (isStart(view) ? "info" : [parse(view)]),
};

// "Could not be started" is no start.
function isStart(view: MailView): boolean {
  const message = messageOf(view);
  return started.test(withoutNames(message.value)) && statusOf(view, message).value === "unknown";
}

function parse(view: MailView): ParsedRun {
  const message = messageOf(view);
  const status = statusOf(view, message);
  const said = reading(labelValue(view, ...labels.time), (text) => readLocalMoment(text, view.when.sent));
  const zone = zoneOf(said?.value ?? null, view.when);
  return toRun(
    {
      software: qnap.software,
      jobName: nameIn(message),
      host: labelValue(view, ...labels.nas),
      jobType: jobTypes.find(([word]) => word.test(withoutNames(message.value)))?.[1] ?? "backup",
      resourceType: "NAS",
      status,
      message: status.value === "success" ? null : message,
      endedAt: reading(said, (local) => toInstant(local, zone)),
      notes: said ? zoneNotes(zone) : [],
    },
    view,
  );
}

/** The message of a text runs over several lines, to the first that is empty or is the next label. */
function messageOf(view: MailView): Said<string> {
  const first = labelValue(view, ...labels.message);
  const inCell = labels.message.some((label) => cellAfter(view.rows, label) !== null);
  const lines = view.text.split("\n");
  const at = lines.findIndex((line) => labels.message.includes(labelOf(line)));
  if (!first || at < 0 || inCell) return first ?? { value: "", from: "" };
  const more = lines.slice(at + 1, at + 6);
  const end = more.findIndex((line) => line.trim() === "" || Object.values(labels).flat().includes(labelOf(line)));
  const value = [first.value, ...more.slice(0, end < 0 ? undefined : end)].join(" ").trim();
  return { value, from: [value, ...[first.from].flat()] };
}

const labelOf = (line: string): string => normaliseLabel(line.split(":")[0] ?? "");

function statusOf(view: MailView, message: Said<string>): Said<RunStatus> {
  const severity = labelValue(view, ...labels.severity);
  // The name of a job may hold any word: "Error logs".
  const plain = withoutNames(message.value);
  const verb = classify(plain).status;
  const { status } = worst([
    { status: verb, text: "" },
    { status: wordIn(severities, severity?.value.toLowerCase() ?? "") ?? "unknown", text: "" },
  ]);
  if (status === "success" && handled.test(plain)) return { value: "unknown", from: message.from };
  if (status === "success" && severity && !quiet.test(severity.value)) return { value: "unknown", from: severity.from };
  return { value: status, from: verb === status || !severity ? message.from : severity.from };
}

const quotes = /"[^"\n]{0,200}"|'[^'\n]{0,200}'|“[^”\n]{0,200}”|«[^»\n]{0,200}»/g;

const withoutNames = (text: string): string => text.replace(quotes, " ").replace(/\[[^\]\n]{0,60}\]/g, " ");

function nameIn(message: Said<string>): Said<string> {
  const [quoted = ""] = message.value.match(quotes) ?? [];
  return { value: quoted.slice(1, -1).trim(), from: [quoted, ...[message.from].flat()] };
}
