import { matchKey } from "./match-keys";
import { oneLine } from "./text";
import type { ParsedRun } from "./types";
import type { MailView } from "./view";

const day = 86_400_000;
const minute = 60_000;

/** A parser gives what it found; the rest is filled in here. Times are ISO 8601 in UTC. */
export type Found = Partial<ParsedRun> &
  Pick<ParsedRun, "software" | "jobName" | "jobType" | "resourceType" | "status">;

/** A whole run from what a parser found: names tidied, key made, times checked against the mail. */
export function toRun(found: Found, view: MailView): ParsedRun {
  const host = found.host ? oneLine(found.host, 200) : null;
  const named = { software: found.software, host, jobName: oneLine(found.jobName, 200), jobType: found.jobType };
  const startedAt = found.startedAt ?? null;
  const endedAt = found.endedAt ?? null;
  return {
    ...named,
    resourceType: found.resourceType,
    status: found.status,
    message: found.message ? oneLine(found.message) : null,
    startedAt,
    endedAt,
    durationSeconds: found.durationSeconds ?? secondsBetween(startedAt, endedAt),
    sizeBytes: found.sizeBytes ?? null,
    transferredBytes: found.transferredBytes ?? null,
    objects: found.objects ?? [],
    matchKey: matchKey(named, view.fromAddress),
    evidence: (found.evidence ?? []).map(({ field, text }) => ({ field, text: oneLine(text) })),
    notes: [...(found.notes ?? []), ...doubts(startedAt, endedAt, view)],
  };
}

function secondsBetween(start: string | null, end: string | null): number | null {
  if (start === null || end === null) return null;
  const seconds = Math.round((Date.parse(end) - Date.parse(start)) / 1000);
  return seconds >= 0 ? seconds : null;
}

function doubts(startedAt: string | null, endedAt: string | null, view: MailView): string[] {
  const times = [startedAt, endedAt].filter((time) => time !== null).map((time) => Date.parse(time));
  const notes: string[] = [];
  if (view.when.future) notes.push("The mail is dated in the future.");
  if (times.some((time) => time > view.when.received + 10 * minute))
    notes.push("The time in the mail lies in the future.");
  if (times.some((time) => time < view.when.sent - 2 * day))
    notes.push("The run is more than two days older than the mail.");
  return notes;
}
