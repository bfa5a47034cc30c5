import { firstGroup, timesOf } from "../parse/findings";
import { readDuration, readNumber, readSize } from "../parse/numbers";
import type { Found } from "../parse/runs";
import { reading, type Said } from "../parse/said";
import type { MailView } from "../parse/view";

const size = "(\\d[\\d.,]{0,30} ?[KMGTP]?i?B)";
const sizes = [
  new RegExp(`^processed \\d+ files, ${size} in `, "m"),
  new RegExp(`^This archive:\\s+${size}`, "m"),
  /^total size is ([\d.,]{1,30}[KMGTP]?)\s+speedup/m,
  /^SourceFileSize (\d{1,18})\b/m,
];
const transfers = [
  new RegExp(`^Added to the repo(?:sitory)?: ${size}`, "m"),
  /^sent ([\d.,]{1,30}[KMGTP]?) bytes/m,
  /^TotalDestinationSizeChange (\d{1,18})\b/m,
];
const durations = [
  /^processed \d+ files, .{1,40} in (\d{1,4}:\d\d(?::\d\d)?)$/m,
  /^Duration: (.{1,60})$/m,
  /^ElapsedTime (\d{1,9}(?:\.\d{1,9})?)\b/m,
];

/** Times and sizes that restic, borg, rsync and duplicity print at their end. */
export function figuresOf(
  view: MailView,
): Pick<Found, "startedAt" | "endedAt" | "notes" | "durationSeconds" | "sizeBytes" | "transferredBytes"> {
  const first = (patterns: RegExp[]): Said<string> | null =>
    patterns.map((pattern) => firstGroup(view.text, pattern)).find((found) => found !== null) ?? null;
  const start = firstGroup(view.text, /^StartTime (\d{9,11})\b/m);
  const end = firstGroup(view.text, /^EndTime (\d{9,11})\b/m);
  const local = timesOf(
    view,
    firstGroup(view.text, /^Time \(start\): (.{1,60})$/m),
    firstGroup(view.text, /^Time \(end\): (.{1,60})$/m),
  );
  return {
    startedAt: reading(start, epoch) ?? local.startedAt,
    endedAt: reading(end, epoch) ?? local.endedAt,
    notes: start ? [] : local.notes,
    durationSeconds: reading(first(durations), seconds),
    sizeBytes: reading(first(sizes), bytes),
    transferredBytes: reading(first(transfers), bytes),
  };
}

function epoch(text: string): string {
  return new Date(Number(text) * 1000).toISOString();
}

// "1:03" are minutes and seconds, a bare number seconds.
function seconds(text: string): number | null {
  if (/^\d{1,4}:\d\d$/.test(text)) return readDuration(`0:${text.padStart(5, "0")}`);
  return /^\d/.test(text) && Number.isFinite(Number(text)) ? Math.round(Number(text)) : readDuration(text);
}

// rsync groups digits in threes, or shortens them with -h.
function bytes(text: string): number | null {
  if (/^[\d.,]+$/.test(text)) return readNumber(text.replace(/[.,](?=\d{3}(?!\d))/g, ""), ".");
  return readSize(/[A-Z]$/.test(text) && !text.endsWith("B") ? `${text}B` : text, ".");
}
