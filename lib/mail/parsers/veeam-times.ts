import { readClock, readLocalMoment } from "../parse/dates";
import { readDuration } from "../parse/numbers";
import type { Found } from "../parse/runs";
import { reading, type Said } from "../parse/said";
import type { MailView } from "../parse/view";
import { toInstant, zoneNotes, zoneOf } from "../parse/zones";
import { labelled } from "./veeam-report";

const day = 86_400;

type Times = Pick<Found, "startedAt" | "endedAt" | "durationSeconds" | "notes">;

/**
 * Start and end of a Veeam session. The grid holds times of day only; the day stands in the row above it, in the locale of the server, and
 * the duration says over how many midnights the run went.
 */
export function timesOf(view: MailView): Times {
  const startClock = reading(labelled(view, "start time"), readClock);
  const endClock = reading(labelled(view, "end time"), readClock);
  const durationSeconds = reading(labelled(view, "duration"), readDuration);
  const session = sessionMoment(view);
  const midnight = session === null ? null : session.value - (session.value % (day * 1000));
  const start =
    midnight === null || !startClock ? session : { ...startClock, value: midnight + startClock.value * 1000 };
  const end = endOf(
    start?.value ?? null,
    startClock?.value ?? null,
    endClock?.value ?? null,
    durationSeconds?.value ?? null,
  );
  const zone = zoneOf(end ?? readLocalMoment(view.subject, view.when.sent), view.when);
  const startedAt = reading(start, (local) => toInstant(local, zone));
  // A guessed zone that lets the run begin after its own mail was sent is wrong for certain.
  if (zone.guessed && startedAt && Date.parse(startedAt.value) > view.when.sent) return { durationSeconds };
  const notes = startedAt ? zoneNotes(zone) : [];
  const ended = { value: toInstant(end, zone), from: [...wordsOf(endClock), ...wordsOf(durationSeconds)] };
  return { startedAt, endedAt: ended.value === null ? null : { ...ended, value: ended.value }, durationSeconds, notes };
}

const wordsOf = (said: Said<number> | null): readonly string[] => (said ? [said.from].flat() : []);

// The row "Monday, 05 October 2026 21:00:00" has one cell only; the subject of an Agent mail holds the moment of sending.
function sessionMoment(view: MailView): Said<number> | null {
  const single = view.rows.slice(0, 20).flatMap((row) => (row.length === 1 ? row : []));
  const cells = single.filter((cell) => cell.length < 200);
  const lines = view.text.split("\n", 60).filter((line) => line.length < 100 && !line.includes("job:"));
  for (const from of [...cells, ...lines]) {
    const moment = readLocalMoment(from, view.when.sent);
    if (moment !== null) return { value: moment, from };
  }
  return null;
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
