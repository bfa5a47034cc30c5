import type { RunStatus } from "../../statuses";
import { readInstant, readLocalMoment } from "../parse/dates";
import { lineValue, tableRows } from "../parse/labels";
import { readDuration, readSize } from "../parse/numbers";
import { type Found, type FoundObject, toRun } from "../parse/runs";
import { labelValue, reading, type Said } from "../parse/said";
import { classify, worst } from "../parse/statuses";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";
import { toInstant, zoneOf } from "../parse/zones";
import type { Parser } from "./parser";

const subjectShape = /^vzdump backup status\s*\(([^)]{1,255})\)\s*:\s*backup (successful|failed)\s*:?\s*(.*)$/i;
const textRow =
  /^\s*(\d{1,9})\s+(\S+)\s+(ok|err|error|failed|todo|aborted)(?:\s+((?:\d+[dhms]\s?)+|\d+:\d\d:\d\d))?(?:\s+([\d.]+\s?[KMGTP]?i?B))?(?:\s+(\S+))?\s*$/i;
// A container may have no name, and a status may be a word that nobody knows.
const strangeRow = /^\s{0,8}(\d{1,9})\s+(\S.{0,300})$/;
const tableHead = /^\s*vmid\s+name\s+status/i;
const statuses: Record<string, RunStatus> = {
  ok: "success",
  err: "failed",
  error: "failed",
  failed: "failed",
  todo: "failed",
  aborted: "failed",
};

type Guest = FoundObject & { file: string; from: string };

/** The mail of Proxmox VE's vzdump: a table of guests as text or HTML, then the log. Format from its notification templates. */
export const vzdump: Parser = {
  id: "vzdump",
  software: "Proxmox VE",
  recognisedBy: "Subject “vzdump backup status (host): …”, or the table VMID, Name, Status above “Total running time”.",
  languages: "English",
  basis: { tag: "SOURCE", from: "its templates, real mails" },
  statedFirst: true,
  recognises: (view) => subjectShape.test(view.subject) || isReport(view),
  parse: (view) => [parse(view)],
};

function isReport(view: MailView): boolean {
  return (
    lineValue(view.text, "total running time") !== null &&
    view.text
      .slice(0, 5000)
      .split("\n")
      .some((line) => tableHead.test(line))
  );
}

function parse(view: MailView): ParsedRun {
  const subject = subjectShape.exec(view.subject);
  const host = subject?.[1] ?? null;
  const guests = guestsOf(view);
  const verdict = verdictOf(subject, guests, view);
  const duration = reading(labelValue(view, "total running time"), readDuration);
  return toRun(
    {
      software: vzdump.software,
      jobName: { value: nameOf(host, view), from: [subject?.[0] ?? view.subject] },
      host,
      jobType: "vzdump",
      resourceType: "Virtual machines",
      status: verdict,
      message: verdict.value === "success" ? null : messageOf(subject, guests, view.text, verdict),
      ...timesOf(view, guests, duration),
      durationSeconds: duration,
      sizeBytes: reading(labelValue(view, "total size"), (size) => readSize(size, ".")),
      objects: guests.map(({ file: _, ...guest }) => guest),
    },
    view,
  );
}

// Only the webhook of newer versions names the job itself; without it all backups of a host are one job.
function nameOf(host: string | null, view: MailView): string {
  const job = view.headers.get("x-proxmox-job-id");
  return ["vzdump", host, job].filter(Boolean).join(" ");
}

function guestsOf(view: MailView): Guest[] {
  const errors = errorsOf(view.text);
  const table = tableRows(view.rows, ["vmid", "name", "status"]);
  const rows = table.length > 0 ? table : textRows(view.text);
  return rows.map(({ cells, from }) => guest(cells, from, errors)).filter((found) => found !== null);
}

function textRows(text: string): { cells: Record<string, string>; from: string }[] {
  const lines = text.split("\n").map((line) => line.slice(0, 1000));
  const head = lines.findIndex((line) => tableHead.test(line));
  const end = lines.findIndex((line, i) => i > head && /^\s*total running time/i.test(line));
  return lines
    .map((line, i) => textRow.exec(line) ?? (head >= 0 && i > head && i < end ? strange(line) : null))
    .filter((row) => row !== null)
    .map(([from, vmid = "", name = "", status = "", time = "", size = "", filename = ""]) => ({
      cells: { vmid, name, status, time, size, filename },
      from,
    }));
}

function strange(line: string): [string, ...string[]] | null {
  const [from, vmid, rest = ""] = strangeRow.exec(line) ?? [];
  if (from === undefined || vmid === undefined) return null;
  const words = rest.split(/\s+/);
  return [from, vmid, "", words.find((word) => wordIn(statuses, word.toLowerCase())) ?? words.slice(0, 2).join(" ")];
}

function guest(row: Record<string, string>, from: string, errors: Map<string, string>): Guest | null {
  const { vmid = "", name = "", status = "", time = "", size = "", filename = "" } = row;
  if (!/^\d+$/.test(vmid.trim())) return null;
  const known = wordIn(statuses, status.toLowerCase()) ?? "unknown";
  const notReached = status.toLowerCase() === "todo" ? "Not reached before the run ended." : null;
  return {
    name: name ? `${name} (${vmid})` : vmid,
    status: known,
    message: known === "success" ? null : (errors.get(vmid) ?? notReached ?? `Status "${status}"`),
    sizeBytes: readSize(size, "."),
    durationSeconds: readDuration(time),
    file: filename,
    from,
  };
}

function errorsOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(/ERROR: Backup of VM (\d{1,9}) failed - ([^\n]{1,300})/g)) {
    if (match[1] && match[2] && !found.has(match[1])) found.set(match[1], match[2].trim());
  }
  return found;
}

function verdictOf(subject: RegExpExecArray | null, guests: Guest[], view: MailView): Said<RunStatus> {
  const bad = guests.find((guest) => guest.status === "failed");
  const error = /^TASK ERROR: [^\n]{1,300}|^ERROR: Backup of VM \d{1,9} failed[^\n]{0,300}/m.exec(view.text)?.[0];
  if (subject?.[2]?.toLowerCase() === "failed") return { value: "failed", from: subject[0] };
  if (bad) return { value: "failed", from: bad.from };
  if (error || view.headers.get("x-proxmox-severity") === "error")
    return { value: "failed", from: error ?? view.subject };
  // "Successful" is all that the template says of a success.
  if (subject?.[3])
    return { value: worst([classify(subject[3])]).status === "warning" ? "warning" : "unknown", from: subject[0] };
  if (subject) return { value: "success", from: subject[0] };
  return guests[0] ? { value: "success", from: guests[0].from } : { value: "unknown", from: "" };
}

function messageOf(
  subject: RegExpExecArray | null,
  guests: Guest[],
  text: string,
  verdict: Said<RunStatus>,
): Found["message"] {
  const bad = guests.filter((guest) => guest.status !== "success");
  const task = /^TASK ERROR: ([^\n]{1,300})/m.exec(text)?.[1];
  const cause = subject?.[3];
  if (cause) return cause;
  if (bad.length === 0 && verdict.value === "unknown")
    return { value: "The mail holds no result.", from: verdict.from };
  const [first] = bad;
  if (!first) return task ?? { value: "Proxmox VE reports a failed backup.", from: verdict.from };
  const more = bad.length > 1 ? ` (and ${bad.length - 1} more of ${guests.length} guests)` : "";
  return { value: `${first.name}: ${first.message}${more}`, from: [first.message ?? "", first.from] };
}

type Times = Pick<Found, "startedAt" | "endedAt">;

// Neither start nor end is named, but the mail is sent when the last guest is done.
function timesOf(view: MailView, guests: Guest[], duration: Said<number> | null): Times {
  const start = storedStart(guests) ?? localStart(view, guests, duration) ?? bySending(view, duration);
  const end = start && duration && { at: start.value + duration.value * 1000, from: duration.from };
  return { startedAt: start && iso(start.value, start.from), endedAt: end && iso(end.at, end.from) };
}

const iso = (at: number, from: Said<string>["from"]): Said<string> => ({ value: new Date(at).toISOString(), from });

// A Proxmox Backup Server names each backup by its moment in UTC; the first guest's is the start of the run.
function storedStart([first]: Guest[]): Said<number> | null {
  const at = first ? readInstant(first.file) : null;
  return first && at !== null ? { value: at, from: first.file } : null;
}

function localStart(view: MailView, [first]: Guest[], duration: Said<number> | null): Said<number> | null {
  const logged = /Backup started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/.exec(view.text);
  const file = /-(\d{4}_\d\d_\d\d)-(\d\d)_(\d\d)_(\d\d)\./.exec(first?.file ?? "");
  const stated = logged?.[1] ?? (file ? `${file[1]?.replaceAll("_", "-")} ${file[2]}:${file[3]}:${file[4]}` : null);
  const local = stated === null ? null : readLocalMoment(stated, view.when.sent);
  if (local === null || duration === null) return null;
  const at = toInstant(local, zoneOf(local + duration.value * 1000, view.when));
  return at === null ? null : { value: Date.parse(at), from: logged?.[0] ?? first?.file ?? "" };
}

function bySending(view: MailView, duration: Said<number> | null): Said<number> | null {
  return duration && { value: view.when.sent - duration.value * 1000, from: duration.from };
}
