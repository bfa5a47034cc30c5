import type { RunStatus } from "../../statuses";
import { readInstant, readLocalMoment } from "../parse/dates";
import { jobNameOf } from "../parse/job-names";
import { lineValue } from "../parse/labels";
import { readDuration, readNumber } from "../parse/numbers";
import { toRun } from "../parse/runs";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { toInstant, zoneOf } from "../parse/zones";
import type { Parser } from "./parser";

const subjectShape = /^duplicati\s+(\S+)(?:\s*\(([^)]*)\))?\s+report\s+for\s+(.+)$/i;
const statuses: Record<string, RunStatus> = {
  success: "success",
  warning: "warning",
  error: "failed",
  fatal: "failed",
};

/** Duplicati's own mail report in its default text form (%RESULT%): "Key: value" lines, the verdict in ParsedResult. */
export const duplicati: Parser = {
  id: "duplicati",
  software: "Duplicati",
  recognises: (view) => subjectShape.test(view.subject) || hasResultLines(view.text),
  parse: (view) => [parse(view)],
};

function hasResultLines(text: string): boolean {
  return lineValue(text, "parsedresult") !== null && lineValue(text, "mainoperation") !== null;
}

function parse(view: MailView): ParsedRun {
  const { text } = view;
  const named = subjectShape.exec(view.subject);
  const operation = lineValue(text, "mainoperation") ?? named?.[1] ?? "Backup";
  const verdict = verdictOf(text);
  const times = timesOf(view);
  return toRun(
    {
      software: duplicati.software,
      jobName: named?.[3] ?? jobNameOf(view.subject),
      jobType: operation.toLowerCase(),
      resourceType: "Other",
      status: verdict.status,
      message: verdict.status === "success" ? null : messageOf(text, verdict.status),
      ...times,
      durationSeconds: readDuration(lineValue(text, "duration") ?? ""),
      sizeBytes: count(text, "sizeofexaminedfiles"),
      transferredBytes:
        count(text, "bytesuploaded") ?? sum(count(text, "sizeofaddedfiles"), count(text, "sizeofmodifiedfiles")),
      evidence: [{ field: "status", text: verdict.line }],
    },
    view,
  );
}

function verdictOf(text: string): { status: RunStatus; line: string } {
  const parsed = lineValue(text, "parsedresult");
  const status = statuses[parsed?.toLowerCase() ?? ""];
  if (status) return { status, line: `ParsedResult: ${parsed}` };
  // An exception leaves no result at all, only "Failed: <message>".
  const failed = lineValue(text, "failed");
  return failed === null ? { status: "unknown", line: "" } : { status: "failed", line: `Failed: ${failed}` };
}

function messageOf(text: string, status: RunStatus): string {
  if (status === "unknown") return "The mail holds no result.";
  const order = status === "failed" ? ["errors", "warnings"] : ["warnings", "errors"];
  const listed = order.map((label) => firstListed(text, label)).find((entry) => entry !== null);
  return (
    lineValue(text, "failed") ??
    listed ??
    (status === "failed" ? "Duplicati reports an error." : "Duplicati reports a warning.")
  );
}

function firstListed(text: string, label: string): string | null {
  const value = lineValue(text, label);
  if (value === null || value.replace(/\s/g, "") === "[]") return null;
  const inline = value.replace(/^\[/, "").replace(/\]$/, "").trim();
  if (inline) return inline;
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.trim().toLowerCase().startsWith(`${label}: [`));
  const entry = lines[at + 1]?.trim().replace(/,$/, "") ?? "";
  return entry && entry !== "]" ? entry : null;
}

function timesOf(view: MailView): Pick<ParsedRun, "startedAt" | "endedAt"> & { notes: string[] } {
  const start = lineValue(view.text, "begintime") ?? "";
  const end = lineValue(view.text, "endtime") ?? "";
  const exact = { startedAt: absolute(start), endedAt: absolute(end) };
  if (exact.startedAt || exact.endedAt) return { ...exact, notes: [] };
  const localEnd = readLocalMoment(end, view.when.sent);
  const zone = zoneOf(localEnd, view.when);
  const localStart = readLocalMoment(start, localEnd ?? view.when.sent);
  const notes = zone.guessed && localEnd !== null ? ["The mail names no time zone; its times may be hours off."] : [];
  return { startedAt: toInstant(localStart, zone), endedAt: toInstant(localEnd, zone), notes };
}

// Newer versions print the seconds since 1970 behind the local time: "2/16/2019 10:23:51 PM (1550384631)".
function absolute(text: string): string | null {
  const epoch = /\((\d{9,11})\)/.exec(text);
  if (epoch) return new Date(Number(epoch[1]) * 1000).toISOString();
  const instant = readInstant(text);
  return instant === null ? null : new Date(instant).toISOString();
}

function count(text: string, label: string): number | null {
  const value = lineValue(text, label);
  return value === null ? null : readNumber(value.replace(/\s*\(.*$/, ""), null);
}

function sum(a: number | null, b: number | null): number | null {
  return a === null && b === null ? null : (a ?? 0) + (b ?? 0);
}
