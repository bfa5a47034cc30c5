import type { RunStatus } from "../../statuses";
import { readLocalMoment } from "../parse/dates";
import { said, worstSaid } from "../parse/findings";
import { tableRows } from "../parse/labels";
import { normaliseLabel } from "../parse/normalise-label";
import { decimalOf, readSize } from "../parse/numbers";
import { toRun } from "../parse/runs";
import { reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { bullet, errorsWord, warningsWord } from "./retrospect-labels";

const subjectShape = /^retrospect\s?:\s?(?:état pour|status for|daily backup report)\b/iu;
const notBackedUp = /not backed up|non sauvegardée?/i;
const interrupted = "sauvegardes interrompues par l['’]opérateur|backups stopped by operator";
const recent = 2 * 86_400_000;

type Row = { cells: Record<string, string>; from: string };

/** Whether a mail is Retrospect's daily digest of all sources. */
export function isRetrospectDigest(view: MailView): boolean {
  return subjectShape.test(view.subject);
}

/**
 * One run per source of the table "Recent Backups", or one for all when there is no table. A row itself says no more than when its source
 * was backed up last, so it is a success only when the digest counts no error and the backup is of the last two days.
 */
export function readRetrospectDigest(view: MailView): ParsedRun[] {
  const overall = overallOf(view);
  const rows = tableRows(view.rows, ["source", "script"]).filter(({ cells }) => cells.source);
  if (rows.length > 0) return rows.map((row) => sourceRun(view, row, overall));
  return [
    toRun(
      {
        software: "Retrospect",
        jobName: bullet(view.text, "serveur|server") ?? "Retrospect",
        host: bullet(view.text, "serveur|server"),
        jobType: "digest",
        resourceType: "Server",
        status: overall,
        message: overall.value === "success" ? null : messageOf(overall),
      },
      view,
    ),
  ];
}

function overallOf(view: MailView): Said<RunStatus> {
  const count = (label: string, bad: RunStatus, good: RunStatus | null) =>
    reading(bullet(view.text, label), (text) => {
      const number = /^\d{1,9}/.exec(text)?.[0];
      return number === undefined ? "unknown" : Number(number) > 0 ? bad : good;
    });
  const all = [
    count(errorsWord, "failed", "success"),
    count(warningsWord, "warning", null),
    count(interrupted, "warning", null),
  ];
  return worstSaid(all, view.subject);
}

function messageOf(overall: Said<RunStatus>): Said<string> {
  const words = Array.isArray(overall.from) ? overall.from[0] : overall.from;
  return {
    value: overall.value === "unknown" ? "The digest counts no errors and no successes." : words,
    from: overall.from,
  };
}

function sourceRun(view: MailView, { cells, from }: Row, overall: Said<RunStatus>): ParsedRun {
  const source = cells.source ?? "";
  const date = Object.entries(cells).find(([name]) => /\bdate\b/.test(normaliseLabel(name)))?.[1] ?? "";
  const status = statusOf(date, view, overall);
  return toRun(
    {
      software: "Retrospect",
      jobName: { value: cells.script ? `${cells.script}: ${source}` : source, from },
      host: { value: source, from },
      jobType: "backup",
      resourceType: "Server",
      status: { value: status, from },
      message: status === "success" ? null : { value: reasonOf(status), from },
      sizeBytes: said(readSize(cells.size ?? cells.taille ?? "", decimalOf(view.text)), from),
    },
    view,
  );
}

function statusOf(date: string, view: MailView, overall: Said<RunStatus>): RunStatus {
  if (notBackedUp.test(date)) return "missed";
  const last = readLocalMoment(date, view.when.sent);
  const fresh = last !== null && view.when.sent - last < recent;
  return fresh && (overall.value === "success" || overall.value === "warning") ? overall.value : "unknown";
}

function reasonOf(status: RunStatus): string {
  if (status === "missed") return "Not backed up.";
  if (status === "warning") return "The digest counts warnings.";
  return "The digest does not say how the last backup of this source ended.";
}
