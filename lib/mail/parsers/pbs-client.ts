import type { RunStatus } from "../../statuses";
import { readInstant, readLocalMoment } from "../parse/dates";
import { lineValue } from "../parse/labels";
import { readDuration } from "../parse/numbers";
import { toRun } from "../parse/runs";
import { labelValue, reading, type Said } from "../parse/said";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { toInstant, zoneNotes, zoneOf } from "../parse/zones";

/** Whether it is the output of proxmox-backup-client, which mails nothing itself: timers and cron jobs send what it prints. */
export function isClientScript(view: MailView): boolean {
  return lineValue(view.text, "starting backup protocol") !== null && lineValue(view.text, "client name") !== null;
}

/** The run of such an output: a line that begins with "Error:" is a failure, and only the line "End Time:" shows that it came to its end. */
export function readClientScript(view: MailView): ParsedRun {
  const snapshot = labelValue(view, "starting backup");
  const host = labelValue(view, "client name");
  const end = labelValue(view, "end time");
  const localEnd = reading(end, (text) => readLocalMoment(text, view.when.sent));
  const zone = zoneOf(localEnd?.value ?? null, view.when);
  const local = (said: Said<string> | null) =>
    reading(
      reading(said, (text) => readLocalMoment(text, view.when.sent)),
      (at) => toInstant(at, zone),
    );
  const status = statusOf(view, end);
  return toRun(
    {
      software: "Proxmox Backup Client",
      jobName: reading(snapshot, (text) => text.replace(/\/\d{4}-\d\d-\d\dT[\d:]{8}Z.*$/, "")) ?? host ?? "",
      host,
      jobType: "backup",
      resourceType: "Server",
      status,
      message: status.value === "success" ? null : messageOf(status),
      // The name of a snapshot ends in its moment in UTC.
      startedAt: reading(snapshot, exact) ?? local(labelValue(view, "starting backup protocol")),
      endedAt: reading(localEnd, (at) => toInstant(at, zone)),
      durationSeconds: reading(labelValue(view, "duration"), readDuration),
      notes: localEnd ? zoneNotes(zone) : [],
    },
    view,
  );
}

function exact(text: string): string | null {
  const instant = readInstant(text);
  return instant === null ? null : new Date(instant).toISOString();
}

function statusOf(view: MailView, end: Said<string> | null): Said<RunStatus> {
  const error = /^\s{0,8}Error:\s*\S[^\n]{0,300}/im.exec(view.text)?.[0];
  if (error) return { value: "failed", from: error.trim() };
  if (!end) return { value: "unknown", from: "" };
  const trouble =
    /^.{0,200}\b(?:warning|failed to|error -|permission denied|unable to)\b.{0,200}$|^.{0,200}\berror - .{0,200}$/im.exec(
      view.text,
    )?.[0];
  return trouble ? { value: "warning", from: trouble.trim() } : { value: "success", from: end.from };
}

function messageOf({ value, from }: Said<RunStatus>): Said<string> {
  const text = [from].flat()[0] ?? "";
  return value === "failed" || value === "warning"
    ? { value: text.replace(/^Error:\s*/i, ""), from }
    : { value: "The output stops before the end of the run.", from };
}
