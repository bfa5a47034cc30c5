import type { RunStatus } from "../../statuses";
import { edgesOf, firstGroup, said, timesOf, worstSaid } from "../parse/findings";
import { readDuration } from "../parse/numbers";
import { toRun } from "../parse/runs";
import { labelValue, reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";
import type { Parser } from "./parser";

const subjectShape =
  /^(?:\[([^\]]{1,60})\]\s*)?sql server job system:\s*'(.{1,200})' completed on \\{0,2}([^\s\\]{1,100}(?:\\[^\s\\]{1,60})?)$/i;
const alarm = /^sql server alert system:\s*'/i;
const bodyShape = /^JOB RUN:\s*'(.{1,200})' was run on (.{1,60})$/im;
const statuses: Record<string, RunStatus> = {
  succeeded: "success",
  failed: "failed",
  canceled: "failed",
  cancelled: "failed",
  retry: "warning",
};
const sentences: readonly [RegExp, RunStatus][] = [
  [/^the job failed\b/i, "failed"],
  [/^the job was (?:stopped|cancell?ed)\b/i, "failed"],
  [/^the job succeeded\.?(?=$|\s+(?!with\b))/i, "success"],
];

/**
 * The mail of SQL Server Agent to an operator. The subject says "completed" whatever happened; STATUS and MESSAGES of the body decide, or
 * the sentence in brackets that pagers get in front of the subject. Format from Microsoft's help and real mails.
 */
export const sqlAgent: Parser = {
  id: "sql-agent",
  software: "SQL Server Agent",
  recognisedBy: "Subject “SQL Server Job System: 'job' completed on \\\\server”, or “JOB RUN: 'job' was run on …”.",
  languages: "English",
  basis: { tag: "SAMPLE", from: "real mails" },
  recognises: (view) => subjectShape.test(view.subject) || alarm.test(view.subject) || bodyShape.test(view.text),
  parse: (view) => (alarm.test(view.subject) ? { alert: view.subject } : [parse(edgesOf(view))]),
};

function parse(view: MailView): ParsedRun {
  const subject = subjectShape.exec(view.subject);
  const ran = bodyShape.exec(view.text);
  const duration = reading(labelValue(view, "duration"), readDuration);
  const status = worstSaid(
    [
      reading(labelValue(view, "status"), (word) => wordIn(statuses, word.toLowerCase()) ?? "unknown"),
      reading(labelValue(view, "messages"), sentence),
      said(subject?.[1] ? (sentence(subject[1]) ?? "unknown") : null, view.subject),
    ],
    view.subject,
  );
  return toRun(
    {
      software: sqlAgent.software,
      jobName: { value: subject?.[2] ?? ran?.[1] ?? "", from: [view.subject, ran?.[0] ?? ""] },
      host: said(subject?.[3]?.replace(/\.$/, ""), view.subject) ?? firstGroup(view.text, /\bon \\\\([^\s\\.]{1,100})/),
      jobType: "job",
      resourceType: "Database",
      status,
      message: status.value === "success" ? null : messageOf(view, status),
      ...timesOf(view, said(ran?.[2]?.replace(/\bat\b/i, " "), ran?.[0] ?? ""), null, duration?.value ?? null),
      durationSeconds: duration,
    },
    view,
  );
}

function sentence(text: string): RunStatus | null {
  return sentences.find(([pattern]) => pattern.test(text.trim()))?.[1] ?? null;
}

function messageOf(view: MailView, status: Said<RunStatus>): Said<string> {
  const plain =
    status.value === "unknown" ? "The mail names no result." : "SQL Server Agent reports that the job failed.";
  const stated = labelValue(view, "messages");
  return stated ?? { value: plain, from: status.from };
}
