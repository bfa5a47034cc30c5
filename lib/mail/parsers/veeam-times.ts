import { readClock, readLocalMoment } from "../parse/dates";
import { readDuration } from "../parse/numbers";
import type { ParsedRun } from "../parse/types";
import type { MailView } from "../parse/view";
import { toInstant, type Zone, zoneOf } from "../parse/zones";
import { labelled } from "./veeam-report";

const day = 86_400;

type Times = Pick<ParsedRun, "startedAt" | "endedAt" | "durationSeconds" | "notes">;

/**
 * Start and end of a Veeam session. The grid holds times of day only; the day stands in the row above it, in the locale of the server, and
 * the duration says over how many midnights the run went.
 */
export function timesOf(view: MailView): Times {
  const startClock = readClock(labelled(view, "start time") ?? "");
  const endClock = readClock(labelled(view, "end time") ?? "");
  const durationSeconds = readDuration(labelled(view, "duration") ?? "");
  const session = sessionMoment(view);
  const midnight = session === null ? null : session - (session % (day * 1000));
  const start = midnight === null ? null : startClock === null ? session : midnight + startClock * 1000;
  const end = endOf(start, startClock, endClock, durationSeconds);
  const zone = zoneOf(end ?? readLocalMoment(view.subject, view.when.sent), view.when);
  return { ...inZone(start, end, zone, view), durationSeconds };
}

function inZone(
  start: number | null,
  end: number | null,
  zone: Zone,
  view: MailView,
): Pick<Times, "startedAt" | "endedAt" | "notes"> {
  const startedAt = toInstant(start, zone);
  const notes = zone.guessed && startedAt ? ["The mail names no time zone; its times may be hours off."] : [];
  // A guessed zone that lets the run begin after its own mail was sent is wrong for certain.
  if (zone.guessed && startedAt && Date.parse(startedAt) > view.when.sent)
    return { startedAt: null, endedAt: null, notes: [] };
  return { startedAt, endedAt: toInstant(end, zone), notes };
}

// The row "Monday, 05 October 2026 21:00:00" has one cell only; the subject of an Agent mail holds the moment of sending.
function sessionMoment(view: MailView): number | null {
  for (const row of view.rows.slice(0, 20)) {
    const moment =
      row.length === 1 && (row[0]?.length ?? 0) < 200 ? readLocalMoment(row[0] ?? "", view.when.sent) : null;
    if (moment !== null) return moment;
  }
  const line = view.text
    .split("\n", 60)
    .find((text) => text.length < 100 && !text.includes("job:") && readLocalMoment(text, view.when.sent) !== null);
  return line === undefined ? null : readLocalMoment(line, view.when.sent);
}

function endOf(
  start: number | null,
  startClock: number | null,
  endClock: number | null,
  duration: number | null,
): number | null {
  if (start === null) return null;
  if (duration !== null) return start + duration * 1000;
  if (startClock === null || endClock === null) return null;
  return start + ((endClock - startClock + day) % day) * 1000;
}
