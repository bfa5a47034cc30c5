import type { RunStatus } from "../../statuses";
import { readInstant, readLocalMoment } from "../parse/dates";
import { said, worstSaid } from "../parse/findings";
import { jobNameOf } from "../parse/job-names";
import { readDuration, readNumber } from "../parse/numbers";
import { type Found, toRun } from "../parse/runs";
import { reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";
import { toInstant, zoneNotes, zoneOf } from "../parse/zones";
import { type Fields, fieldsOf } from "./duplicati-fields";
import type { Parser } from "./parser";

// What a result may hold in spite of its verdict; of an operation that only pretended, nothing was kept.
const flags: [string, RegExp, RunStatus][] = [
  ["FilesWithError", /^[1-9]/, "warning"],
  ["PartialBackup", /^true$/i, "warning"],
  ["Interrupted", /^true$/i, "warning"],
  ["Dryrun", /^true$/i, "warning"],
  ["WarningsActualLength", /^[1-9]/, "warning"],
  ["ErrorsActualLength", /^[1-9]/, "failed"],
];
const subjectShape = /^duplicati\s+(\S+)(?:\s*\(([^)]*)\))?\s+report\s+for\s+(.+)$/i;
const statuses: Record<string, RunStatus> = {
  success: "success",
  warning: "warning",
  error: "failed",
  fatal: "failed",
};

/** Duplicati's own report by mail or HTTP, as text (%RESULT%) or JSON: the verdict stands in ParsedResult. */
export const duplicati: Parser = {
  id: "duplicati",
  software: "Duplicati",
  recognisedBy: "Subject “Duplicati … report for …”, or the fields ParsedResult and MainOperation, as text or JSON.",
  languages: "English, dates of any language",
  basis: { tag: "SOURCE", from: "its source, real mails" },
  recognises: (view) => subjectShape.test(view.subject) || isResult(fieldsOf(view)),
  parse: (view) => [parse(view)],
};

// A result that was cut off still shows by its counters.
function isResult(fields: Fields): boolean {
  const has = (...names: string[]) => names.every((name) => fields.get(name) !== null);
  return has("ParsedResult", "MainOperation") || has("ExaminedFiles", "SizeOfExaminedFiles");
}

function parse(view: MailView): ParsedRun {
  const fields = fieldsOf(view);
  const named = subjectShape.exec(view.subject);
  const operation = fields.get("MainOperation")?.value ?? named?.[1] ?? "Backup";
  const verdict = verdictOf(fields, named?.[2] ?? "", view.subject);
  const name = named?.[3] ?? jobNameOf(view.subject);
  return toRun(
    {
      software: duplicati.software,
      jobName: fields.get("backup-name") ?? { value: name, from: [name, view.subject] },
      host: fields.get("machine-name"),
      jobType: operation.toLowerCase(),
      resourceType: "Other",
      status: verdict,
      message: verdict.value === "success" ? null : messageOf(fields, verdict),
      ...timesOf(fields, view),
      durationSeconds: reading(fields.get("Duration"), readDuration),
      sizeBytes: count(fields, "SizeOfExaminedFiles"),
      transferredBytes:
        count(fields, "BytesUploaded") ?? sum(count(fields, "SizeOfAddedFiles"), count(fields, "SizeOfModifiedFiles")),
    },
    view,
  );
}

/** The worst of all; the subject may show the result too, but never alone. */
function verdictOf(fields: Fields, shown: string, subject: string): Said<RunStatus> {
  // An exception leaves no result at all, only "Failed: <message>" or, in JSON, an Exception.
  const failed = fields.get("Failed") ?? fields.get("Exception");
  const inSubject = wordIn(statuses, shown.toLowerCase()) ?? null;
  const entries = [fields.first("Errors"), fields.first("Warnings")];
  return worstSaid(
    [
      reading(fields.get("ParsedResult"), (word) => wordIn(statuses, word.toLowerCase()) ?? "unknown"),
      reading(failed, (text) => (/^0?$/.test(text) ? null : "failed")),
      said(inSubject === "success" ? null : inSubject, subject),
      reading(entries[0] ?? null, () => "failed"),
      reading(entries[1] ?? null, () => "warning"),
      ...flags.map(([name, bad, status]) => reading(fields.get(name), (text) => (bad.test(text) ? status : null))),
    ],
    "",
  );
}

function messageOf(fields: Fields, verdict: Said<RunStatus>): Found["message"] {
  if (verdict.value === "unknown") return "The mail holds no result.";
  const order = verdict.value === "failed" ? ["Errors", "Warnings"] : ["Warnings", "Errors"];
  const listed = order.map((name) => fields.first(name)).find((entry) => entry !== null);
  const none = verdict.value === "failed" ? "Duplicati reports an error." : "Duplicati reports a warning.";
  const flag = flags.find(([name, bad]) => bad.test(fields.get(name)?.value ?? ""))?.[0];
  const plain = flag ? { value: `Duplicati says ${flag}: ${fields.get(flag)?.value}.`, from: verdict.from } : null;
  return fields.get("Failed") ?? fields.get("Exception") ?? listed ?? plain ?? { value: none, from: verdict.from };
}

function timesOf(fields: Fields, view: MailView): Pick<Found, "startedAt" | "endedAt" | "notes"> {
  const [start, end] = [fields.get("BeginTime"), fields.get("EndTime")];
  const exact = { startedAt: reading(start, absolute), endedAt: reading(end, absolute) };
  if (exact.startedAt || exact.endedAt) return exact;
  const localEnd = reading(end, (text) => readLocalMoment(text, view.when.sent));
  const zone = zoneOf(localEnd?.value ?? null, view.when);
  const localStart = reading(start, (text) => readLocalMoment(text, localEnd?.value ?? view.when.sent));
  const notes = localEnd ? zoneNotes(zone) : [];
  const instant = (local: number) => toInstant(local, zone);
  return { startedAt: reading(localStart, instant), endedAt: reading(localEnd, instant), notes };
}

// Newer versions print the seconds since 1970 behind the local time: "2/16/2019 10:23:51 PM (1550384631)".
function absolute(text: string): string | null {
  const epoch = /\((\d{9,11})\)/.exec(text);
  if (epoch) return new Date(Number(epoch[1]) * 1000).toISOString();
  const instant = readInstant(text);
  return instant === null ? null : new Date(instant).toISOString();
}

function count(fields: Fields, name: string): Said<number> | null {
  return reading(fields.get(name), (value) => readNumber(value.replace(/\s*\(.*$/, ""), null));
}

function sum(a: Said<number> | null, b: Said<number> | null): Said<number> | null {
  if (!a || !b) return a ?? b;
  return { value: a.value + b.value, from: a.from };
}
