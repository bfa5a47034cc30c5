import type { RunStatus } from "../../statuses";
import { worstSaid } from "../parse/findings";
import { tableRows } from "../parse/labels";
import { isWorkstationName } from "../parse/resources";
import { toRun } from "../parse/runs";
import { labelValue, type Said } from "../parse/said";
import { collapsed } from "../parse/shown";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import type { Reading } from "./parser";

const subjectShape = /^(.{1,200}?)\s*:\s*site manager notification email$/i;
const software = "Macrium Site Manager";
/** The closed list of notifications in Site Manager's help. */
const types =
  /\b(?:(backup|intra-daily backup|remote synchronization|restore) (successful|failed|started)|(backup summary)|(disk space low|repository uncontactable)|(update found|testing (?:slack|email)))\b/gi;
const computers = ["computer", "computer name", "agent", "agent name", "name"];
const results = ["status", "result", "last result", "last status", "last backup status"];
const outcomes: readonly [RegExp, RunStatus][] = [
  [/^(?:failed|failure|error|aborted|cancell?ed)\b/i, "failed"],
  [/^(?:missed|skipped|not run)\b/i, "missed"],
  [/^(?:warnings?|completed with warnings)$/i, "warning"],
  [/^(?:success|successful|succeeded|completed successfully)$/i, "success"],
];

/** Whether a mail is a notification of Site Manager, which speaks for many computers. */
export function isSiteManager(view: MailView): boolean {
  return subjectShape.test(view.subject) || /\bmacrium site manager\b/i.test(view.text.slice(0, 5000));
}

/** One notification of the closed list: a result, the daily summary with many, an alert, or no result at all. */
export function readSiteManager(view: MailView): Reading {
  const all = [...`${view.subject}\n${view.text.slice(0, 100_000)}`.matchAll(types)].filter(isStated);
  if (all.some((match) => match[3])) return summary(view);
  const alert = all.find((match) => match[4]);
  if (alert) return { alert: lineOf(view, alert[0]) };
  const ended = all.filter((match) => /successful|failed/i.test(match[2] ?? ""));
  if (ended.length > 0) return [result(view, ended)];
  return all.length > 0 ? "info" : [result(view, [])];
}

// "No Backup Successful since ..." and "Turn off Backup Successful mails" state none of them.
function isStated(match: RegExpExecArray): boolean {
  if (!/successful/i.test(match[2] ?? "")) return true;
  const line = match.input.slice(match.input.lastIndexOf("\n", match.index) + 1, match.index);
  return !/\p{L}\s+$/u.test(line) || /(?:type|event|notification|status|result)\W{0,5}$/iu.test(line);
}

function lineOf(view: MailView, words: string): string {
  const lines = view.text.split("\n").map((line) => line.trim());
  const at = lines.findIndex((line) => line.includes(words));
  const next = lines.slice(at + 1, at + 3).find((line) => line !== "");
  return at < 0 ? view.subject : collapsed(`${lines[at]} ${next ?? ""}`);
}

function result(view: MailView, ended: RegExpExecArray[]): ParsedRun {
  const agent = labelValue(view, "agent", "agent name", "computer", "computer name");
  const host = agent ?? agentOf(view.subject);
  const failed = ended.find((match) => match[2]?.toLowerCase() === "failed") ?? ended[0];
  const stated = labelValue(view, ...results);
  const word = stated ? (outcomes.find(([pattern]) => pattern.test(stated.value))?.[1] ?? "unknown") : null;
  const status = worstSaid(
    [
      ...ended.map(
        ([from, , word]) =>
          ({ value: word?.toLowerCase() === "failed" ? "failed" : "success", from }) as Said<RunStatus>,
      ),
      stated && word ? { value: word, from: stated.from } : null,
    ],
    view.subject,
  );
  return toRun(
    {
      software,
      jobName: labelValue(view, "backup definition", "definition", "definition name", "schedule") ?? host ?? "",
      host,
      jobType: failed?.[1]?.toLowerCase() ?? "backup",
      resourceType: isWorkstationName(host?.value ?? "") ? "Workstation" : "Server",
      status,
      message: status.value === "success" ? null : messageOf(view, status),
    },
    view,
  );
}

function agentOf(subject: string): Said<string> | null {
  const name = subjectShape.exec(subject)?.[1];
  return name ? { value: name, from: subject } : null;
}

function messageOf(view: MailView, status: Said<RunStatus>): Said<string> {
  const reason = labelValue(view, "error", "message", "reason", "details", "failure reason");
  const plain = status.value === "failed" ? "Site Manager reports a failure." : "The mail names no result.";
  return reason ?? { value: plain, from: status.from };
}

// The daily digest: one computer a row.
function summary(view: MailView): ParsedRun[] {
  for (const computer of computers) {
    for (const column of results) {
      const rows = tableRows(view.rows, [computer, column]).filter(({ cells }) => cells[computer]);
      if (rows.length > 0) return rows.map(({ cells, from }) => computerRun(view, cells, computer, column, from));
    }
  }
  return [result(view, [])];
}

function computerRun(
  view: MailView,
  cells: Record<string, string>,
  computer: string,
  column: string,
  from: string,
): ParsedRun {
  const name = cells[computer] ?? "";
  const word = (cells[column] ?? "").trim();
  const status = outcomes.find(([pattern]) => pattern.test(word))?.[1] ?? "unknown";
  const definition = cells["backup definition"] ?? cells.definition;
  const details = cells.error ?? cells.message ?? cells.details;
  return toRun(
    {
      software,
      jobName: { value: definition || name, from },
      host: { value: name, from },
      jobType: "backup",
      resourceType: isWorkstationName(name) ? "Workstation" : "Server",
      status: { value: status, from },
      message: status === "success" ? null : { value: details || word || "The mail names no result.", from },
    },
    view,
  );
}
