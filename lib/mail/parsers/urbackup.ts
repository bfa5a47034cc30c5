import type { RunStatus } from "../../statuses";
import { countSaid, edgesOf, said, timesOf, worstSaid } from "../parse/findings";
import { isWorkstationName } from "../parse/resources";
import { toRun } from "../parse/runs";
import type { Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Parser } from "./parser";

const subjectShape =
  /^(urbackup:\s*)?(?:resumed\s+)?(?:full|incremental)\s+(file|image)\s+backup of "(.{1,200})"(?:\s*-\s*(.{1,40}))?$/i;
const bodyShape =
  /^UrBackup just did an?\s+(?:resumed\s+)?(?:full|incremental)\s+(file|image)\s+backup of "(.{1,200})"\.?$/im;
const countsShape = /\(\s*(\d{1,9}) infos?, (\d{1,9}) warnings?, (\d{1,9}) errors?\s*\)/i;
const logLine = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*\((info|warning|error)\): (.{0,300})/gim;

type LogEntry = { time: string; level: string; text: string };

/**
 * The report of UrBackup: of 2.x with " - success" or " - failed" folded onto a second line of the subject, of 1.x without a word, so
 * that the counts decide. Format from the server's report.lua and its 1.x sources.
 */
export const urbackup: Parser = {
  id: "urbackup",
  software: "UrBackup",
  recognisedBy:
    'Subject “UrBackup: Full (or Incremental) file (or image) backup of "client"”, or “UrBackup just did …”.',
  languages: "English",
  basis: { tag: "SOURCE", from: "the source of its report script" },
  recognises: (view) => Boolean(subjectShape.exec(view.subject)?.[1]) || bodyShape.test(view.text),
  parse: (view) => [parse(edgesOf(view))],
};

function parse(view: MailView): ParsedRun {
  const subject = subjectShape.exec(view.subject);
  const body = bodyShape.exec(view.text);
  const client = subject?.[3] ?? body?.[2] ?? "";
  const named = { value: client, from: [subject?.[0] ?? body?.[0] ?? view.subject] };
  const log = logOf(view.text);
  const verdict = verdictOf(subject);
  const status = worstSaid([verdict, ...countsOf(view.text, verdict), ...levelsOf(log, verdict)], view.subject);
  return toRun(
    {
      software: urbackup.software,
      jobName: named,
      host: client ? named : null,
      jobType: `${(subject?.[2] ?? body?.[1] ?? "file").toLowerCase()} backup`,
      resourceType: isWorkstationName(client) ? "Workstation" : "Server",
      status,
      message: status.value === "success" ? null : messageOf(log, status),
      ...timesOf(view, timeOf(log[0]), timeOf(log.at(-1))),
    },
    view,
  );
}

function logOf(text: string): LogEntry[] {
  return [...text.matchAll(logLine)].map(([, time = "", level = "", line = ""]) => ({ time, level, text: line }));
}

function verdictOf(subject: RegExpExecArray | null): Said<RunStatus> | null {
  if (!subject?.[4]) return null;
  const word = subject[4].toLowerCase();
  const status = word === "success" ? "success" : word === "failed" ? "failed" : "unknown";
  return { value: status, from: subject[0] };
}

// A backup that UrBackup calls a success in spite of errors in its log has gone through, but not clean.
function countsOf(text: string, verdict: Said<RunStatus> | null): (Said<RunStatus> | null)[] {
  const counts = countsShape.exec(text);
  if (!counts) return [];
  const bad = verdict?.value === "success" ? "warning" : "failed";
  return [
    countSaid(said(Number(counts[3]), counts[0]), bad, "success"),
    countSaid(said(Number(counts[2]), counts[0]), "warning", null),
  ];
}

// A log without its counts, or one that tells otherwise.
function levelsOf(log: LogEntry[], verdict: Said<RunStatus> | null): (Said<RunStatus> | null)[] {
  return ["error", "warning"].map((level) => {
    const entry = log.find((line) => line.level === level);
    return said(entry && (level === "error" && verdict?.value !== "success" ? "failed" : "warning"), entry?.text ?? "");
  });
}

function timeOf(entry: LogEntry | undefined): Said<string> | null {
  return said(entry?.time, entry?.time ?? "");
}

function messageOf(log: LogEntry[], status: Said<RunStatus>): Said<string> | string {
  const worst = log.find(({ level }) => level === "error") ?? log.find(({ level }) => level === "warning");
  if (worst) return worst.text;
  const words = { failed: "UrBackup reports a failed backup.", warning: "UrBackup reports warnings." };
  const plain = status.value === "failed" || status.value === "warning" ? words[status.value] : null;
  return { value: plain ?? "The mail holds no result.", from: status.from };
}
