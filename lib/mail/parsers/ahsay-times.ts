import { readLocalMoment } from "../parse/dates";
import type { Found } from "../parse/runs";
import { labelValue, type Said } from "../parse/said";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";
import { toInstant, type Zone, zoneNotes, zoneOf } from "../parse/zones";

const moment = "\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}\\s\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\s[AP]M)?";
const range = new RegExp(`(${moment})\\s?([A-Z]{3,5})?\\s{1,3}-\\s{1,3}(${moment})\\s?([A-Z]{3,5})?`, "g");
const stamp = /(\d{4}-\d{2}-\d{2})-(\d{2})-(\d{2})-(\d{2})/;
// Only abbreviations that mean one zone; "CST" or "IST" may be several.
const offsets: Record<string, number> = {
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  EDT: -240,
  CDT: -300,
  MDT: -360,
  PDT: -420,
};

type Range = { start: Said<number> | null; end: Said<number> | null; zone: string };

/**
 * Start and end of a backup job: it is named after the moment it was started, in the time of the server, and each destination has a range
 * such as "17/09/2026 23:10:22 CEST - 17/09/2026 23:12:00 CEST", whose zone counts for both.
 */
export function timesOf(view: MailView): Pick<Found, "startedAt" | "endedAt" | "notes"> {
  const ranges = rangesOf(view);
  const end = latest(ranges.map((found) => found.end));
  const started = jobStart(view) ?? earliest(ranges.map((found) => found.start));
  const zone = zoneFor(ranges, end, view);
  return {
    startedAt: instant(started, zone),
    endedAt: instant(end, zone),
    notes: started || end ? zoneNotes(zone) : [],
  };
}

function rangesOf(view: MailView): Range[] {
  const text = (view.htmlText || view.text).slice(0, 200_000);
  const local = (from = "") => {
    const value = readLocalMoment(from, view.when.sent);
    return value === null ? null : { value, from };
  };
  return [...text.matchAll(range)].map(([, start, , end, zone = ""]) => ({
    start: local(start),
    end: local(end),
    zone,
  }));
}

// "Backup Job  2026-09-17-23-00-00", also at the end of the subject.
function jobStart(view: MailView): Said<number> | null {
  const named = labelValue(view, "backup job")?.value ?? view.subject;
  const [from, day, hours, minutes, seconds] = stamp.exec(named) ?? stamp.exec(view.subject) ?? [];
  const value = from === undefined ? null : readLocalMoment(`${day} ${hours}:${minutes}:${seconds}`, view.when.sent);
  return from === undefined || value === null ? null : { value, from };
}

function zoneFor(ranges: Range[], end: Said<number> | null, view: MailView): Zone {
  const known = ranges.map(({ zone }) => wordIn(offsets, zone)).find((offset) => offset !== undefined);
  return known === undefined ? zoneOf(end?.value ?? null, view.when) : { offsetMinutes: known, guessed: false };
}

function latest(all: (Said<number> | null)[]): Said<number> | null {
  return all.reduce((a, b) => (a === null || (b !== null && b.value > a.value) ? b : a), null);
}

function earliest(all: (Said<number> | null)[]): Said<number> | null {
  return all.reduce((a, b) => (a === null || (b !== null && b.value < a.value) ? b : a), null);
}

function instant(local: Said<number> | null, zone: Zone): Said<string> | null {
  const value = local === null ? null : toInstant(local.value, zone);
  return local === null || value === null ? null : { value, from: local.from };
}
