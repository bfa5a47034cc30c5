import type { RunStatus } from "../../statuses";
import { readLocalMoment } from "../parse/dates";
import { limits } from "../parse/limits";
import { normaliseLabel } from "../parse/normalise-label";
import { toRun } from "../parse/runs";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";

const software = "CrashPlan";
const computerLabels = new Set(["computer", "computer name", "device", "device name", "source"]);
const recent = 2 * 86_400_000;

type Columns = { computer: number; complete: number; last: number };

/** Whether a mail is the backup report of CrashPlan (Code42). */
export function isCrashPlan(view: MailView): boolean {
  return /\b(?:code42|crashplan)\b/i.test(view.subject) && /\bbackup report\b/i.test(view.subject);
}

/** One run per computer of the table. Complete alone is no success: the last backup must be of the last two days. */
export function readCrashPlan(view: MailView): ParsedRun[] {
  const at = view.rows.slice(0, 200).findIndex((row) => columnsOf(row) !== null);
  const columns = columnsOf(view.rows[at] ?? []);
  const rows = columns ? view.rows.slice(at + 1, at + 1 + limits.results) : [];
  const runs = rows.filter((row) => columns && row.length > Math.max(columns.computer, columns.complete));
  return columns && runs.length > 0 ? runs.map((row) => computerRun(view, row, columns)) : [report(view)];
}

function columnsOf(row: string[]): Columns | null {
  const names = row.map((cell) => (cell.length < 60 ? normaliseLabel(cell) : ""));
  const computer = names.findIndex((name) => computerLabels.has(name));
  const complete = names.findIndex((name) => /complete$/.test(name) && /%|percent/.test(name));
  const last = names.findIndex((name) => name.startsWith("last "));
  return computer < 0 || complete < 0 ? null : { computer, complete, last };
}

function computerRun(view: MailView, row: string[], columns: Columns): ParsedRun {
  const name = row[columns.computer] ?? "";
  const complete = row[columns.complete] ?? "";
  const last = row[columns.last] ?? "";
  const from = row.join(" ");
  const status = statusOf(complete, last, view.when.sent);
  return toRun(
    {
      software,
      jobName: { value: name, from },
      host: { value: name, from },
      jobType: "backup",
      resourceType: "Workstation",
      status: { value: status, from },
      message:
        status === "success"
          ? null
          : { value: `${complete || "Nothing"} complete, last backup: ${last || "not named"}`, from },
    },
    view,
  );
}

function statusOf(complete: string, last: string, sent: number): RunStatus {
  const percent = /^(\d{1,3}(?:[.,]\d{1,3})?)\s?%?$/.exec(complete.trim())?.[1];
  if (percent === undefined) return "unknown";
  if (Number(percent.replace(",", ".")) < 100) return "warning";
  if (/^(?:< ?1 day|\d{1,2}(?:\.\d)? (?:minutes?|mins?|hours?|hrs?))(?: ago)?$/i.test(last.trim())) return "success";
  const moment = readLocalMoment(last, sent);
  if (moment === null) return /\d/.test(last) ? "warning" : "unknown";
  return sent - moment < recent ? "success" : "warning";
}

function report(view: MailView): ParsedRun {
  const doubt = "The report holds no table of computers.";
  const from = view.subject;
  return toRun(
    {
      software,
      jobName: { value: "Backup report", from },
      jobType: "digest",
      resourceType: "Workstation",
      status: { value: "unknown", from },
      message: { value: doubt, from },
    },
    view,
  );
}
