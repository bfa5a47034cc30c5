import type { RunStatus } from "../../statuses";
import { firstGroup, said, timesOf, worstSaid } from "../parse/findings";
import { toRun } from "../parse/runs";
import type { Said } from "../parse/said";
import { classify } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";
import type { SubjectTool } from "./small-tools-subjects";

/** The run of a tool whose subject says nearly everything; lines of the log may make it worse, never better. */
export function readSubject(tool: SubjectTool, view: MailView): ParsedRun {
  const { job, customer, host, word, icon, warnings, end } = tool.subject.exec(view.subject)?.groups ?? {};
  const status = worstSaid(
    [
      said(word === undefined ? null : statusOf(tool, word), view.subject),
      said(icon === undefined ? null : iconStatus(icon), view.subject),
      said(Number(warnings ?? 0) > 0 ? "warning" : null, view.subject),
      ...tool.lines.map(([pattern, value]) => lineSaid(view.text, pattern, value)),
      word === undefined ? wordsOf(view) : countsOf(view),
    ],
    view.subject,
  );
  return toRun(
    {
      software: tool.software,
      jobName: { value: job ?? host ?? "", from: view.subject },
      customer: said(customer, view.subject),
      host: said(host, view.subject),
      jobType: "backup",
      resourceType: tool.resourceType,
      status,
      message: status.value === "success" ? null : messageOf(status, view),
      ...timesOf(view, tool.start ? firstGroup(view.text, tool.start) : null, said(end, view.subject)),
    },
    view,
  );
}

// A word that the tool is not known to have may be a bad one, but never a good one.
function statusOf(tool: SubjectTool, word: string): RunStatus {
  const known = wordIn(tool.statuses, word.toLowerCase());
  if (known) return known;
  const told = classify(word).status;
  return told === "success" ? "unknown" : told;
}

function iconStatus(icon: string): RunStatus {
  return classify(icon).status;
}

function lineSaid(text: string, pattern: RegExp, value: RunStatus): Said<RunStatus> | null {
  const line = pattern.exec(text)?.[0];
  return line === undefined ? null : { value, from: line.trim() };
}

// Without a word in the subject the text may tell of trouble; that it tells of none proves nothing.
function wordsOf(view: MailView): Said<RunStatus> | null {
  const told = classify(view.text.slice(0, 50_000));
  return told.status === "failed" || told.status === "warning" ? { value: told.status, from: told.text } : null;
}

// "failures: 3" and "1 database non salvato" below a subject that says that all went well.
function countsOf(view: MailView): Said<RunStatus> | null {
  const line =
    /^.{0,60}\b(?:failures?|failed|errors?|errori|fehler)\s?[:=]\s?[1-9]\d{0,8}\b.{0,100}$|^.{0,60}\bnon (?:salvat|riuscit|complet)[\p{L}]{0,6}\b.{0,100}$/imu.exec(
      view.text.slice(0, 50_000),
    )?.[0];
  return line === undefined ? null : { value: "warning", from: line.trim() };
}

function messageOf(status: Said<RunStatus>, view: MailView): Said<string> | string {
  if (status.value === "unknown")
    return { value: "The mail does not say clearly how the run ended.", from: status.from };
  return typeof status.from === "string" ? status.from : view.subject;
}
