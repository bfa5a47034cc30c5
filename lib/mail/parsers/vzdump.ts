import type { RunStatus } from "../../statuses";
import { readInstant, readLocalMoment } from "../parse/dates";
import { lineValue, tableBelow } from "../parse/labels";
import { readDuration, readSize } from "../parse/numbers";
import { toRun } from "../parse/runs";
import type { ParsedObject, ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { toInstant, zoneOf } from "../parse/zones";
import type { Parser } from "./parser";

const subjectShape = /^vzdump backup status\s*\(([^)]{1,255})\)\s*:\s*backup (successful|failed)\s*:?\s*(.*)$/i;
const textRow =
  /^\s*(\d{1,9})\s+(\S+)\s+(ok|err|error|failed|todo|aborted)(?:\s+((?:\d+[dhms]\s?)+|\d+:\d\d:\d\d))?(?:\s+([\d.]+\s?[KMGTP]?i?B))?(?:\s+(\S+))?\s*$/i;
const statuses: Record<string, RunStatus> = { ok: "success" };

type Guest = ParsedObject & { file: string };

/** The mail of Proxmox VE's vzdump: a table of guests as text or HTML, then the log. Format from its notification templates. */
export const vzdump: Parser = {
  id: "vzdump",
  software: "Proxmox VE",
  recognises: (view) => subjectShape.test(view.subject) || isReport(view),
  parse: (view) => [parse(view)],
};

function isReport(view: MailView): boolean {
  return (
    lineValue(view.text, "total running time") !== null && /^\s*vmid\s+name\s+status/im.test(view.text.slice(0, 5000))
  );
}

function parse(view: MailView): ParsedRun {
  const subject = subjectShape.exec(view.subject);
  const host = subject?.[1] ?? null;
  const guests = guestsOf(view);
  const verdict = verdictOf(subject, guests);
  const duration = readDuration(
    lineValue(view.text, "total running time") ?? lineValue(view.htmlText, "total running time") ?? "",
  );
  return toRun(
    {
      software: vzdump.software,
      jobName: host ? `vzdump ${host}` : "vzdump",
      host,
      jobType: "vzdump",
      resourceType: "Virtual machines",
      status: verdict.status,
      message: verdict.status === "success" ? null : messageOf(subject?.[3] ?? "", guests, view.text),
      ...timesOf(view, guests, duration),
      durationSeconds: duration,
      sizeBytes: readSize(lineValue(view.text, "total size") ?? lineValue(view.htmlText, "total size") ?? "", "."),
      objects: guests.map(({ file: _, ...guest }) => guest),
      evidence: [{ field: "status", text: verdict.text }],
    },
    view,
  );
}

function guestsOf(view: MailView): Guest[] {
  const errors = errorsOf(view.text);
  const cells = tableBelow(view.rows, ["vmid", "name", "status"]);
  const rows = cells.length > 0 ? cells : textRows(view.text);
  return rows.map((row) => guest(row, errors)).filter((found) => found !== null);
}

function textRows(text: string): Record<string, string>[] {
  const rows = text.split("\n").map((line) => (line.length < 1000 ? textRow.exec(line) : null));
  return rows
    .filter((row) => row !== null)
    .map(([, vmid = "", name = "", status = "", time = "", size = "", filename = ""]) => ({
      vmid,
      name,
      status,
      time,
      size,
      filename,
    }));
}

function guest(row: Record<string, string>, errors: Map<string, string>): Guest | null {
  const { vmid = "", name = "", status = "", time = "", size = "", filename = "" } = row;
  if (!/^\d+$/.test(vmid.trim())) return null;
  const known = statuses[status.toLowerCase()] ?? "failed";
  const notReached = status.toLowerCase() === "todo" ? "Not reached before the run ended." : null;
  return {
    name: name ? `${name} (${vmid})` : vmid,
    status: known,
    message: known === "success" ? null : (errors.get(vmid) ?? notReached ?? `Status "${status}"`),
    sizeBytes: readSize(size, "."),
    durationSeconds: readDuration(time),
    file: filename,
  };
}

function errorsOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(/ERROR: Backup of VM (\d{1,9}) failed - ([^\n]{1,300})/g)) {
    if (match[1] && match[2] && !found.has(match[1])) found.set(match[1], match[2].trim());
  }
  return found;
}

function verdictOf(subject: RegExpExecArray | null, guests: Guest[]): { status: RunStatus; text: string } {
  const bad = guests.find((guest) => guest.status !== "success");
  if (subject?.[2]?.toLowerCase() === "failed") return { status: "failed", text: subject[0] };
  if (bad) return { status: "failed", text: `${bad.name}: ${bad.message}` };
  if (subject) return { status: "success", text: subject[0] };
  return guests.length > 0
    ? { status: "success", text: "Every guest of the table is ok." }
    : { status: "unknown", text: "" };
}

function messageOf(cause: string, guests: Guest[], text: string): string {
  const bad = guests.filter((guest) => guest.status !== "success");
  const task = /^TASK ERROR: ([^\n]{1,300})/m.exec(text)?.[1];
  if (cause) return cause;
  if (bad.length === 0) return task ?? "Proxmox VE reports a failed backup.";
  const more = bad.length > 1 ? ` (and ${bad.length - 1} more of ${guests.length} guests)` : "";
  return `${bad[0]?.name}: ${bad[0]?.message}${more}`;
}

function timesOf(view: MailView, guests: Guest[], duration: number | null): Pick<ParsedRun, "startedAt" | "endedAt"> {
  const start = storedStart(guests) ?? localStart(view, guests, duration) ?? view.when.sent - (duration ?? 0) * 1000;
  const known = duration !== null || storedStart(guests) !== null;
  return {
    startedAt: known ? new Date(start).toISOString() : null,
    endedAt: duration === null ? null : new Date(start + duration * 1000).toISOString(),
  };
}

// A Proxmox Backup Server names each backup by its moment in UTC; the first guest's is the start of the run.
function storedStart(guests: Guest[]): number | null {
  return guests[0] ? readInstant(guests[0].file) : null;
}

function localStart(view: MailView, guests: Guest[], duration: number | null): number | null {
  const logged = /Backup started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/.exec(view.text)?.[1];
  const file = /-(\d{4}_\d\d_\d\d)-(\d\d)_(\d\d)_(\d\d)\./.exec(guests[0]?.file ?? "");
  const stated = logged ?? (file ? `${file[1]?.replaceAll("_", "-")} ${file[2]}:${file[3]}:${file[4]}` : null);
  const local = stated === null ? null : readLocalMoment(stated, view.when.sent);
  if (local === null || duration === null) return null;
  return Date.parse(toInstant(local, zoneOf(local + duration * 1000, view.when)) ?? "");
}
