import { monthsByName } from "./calendar";

const day = 86_400_000;
// Local time may run up to 14 hours ahead of UTC.
const ahead = 15 * 3_600_000;

type Day = { year: number; month: number; day: number };

const name = "([\\p{L}’]{2,15}\\.?)";
const dayMonthYear = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:\\.|er|st|nd|rd|th)?[\\s-]{1,3}(?:de\\s)?${name},?[\\s-]{1,3}(?:de\\s)?(\\d{4})(?!\\d)`,
  "giu",
);
const monthDayYear = new RegExp(`(?<!\\p{L})${name}\\s{1,3}(\\d{1,2})(?:st|nd|rd|th)?,?\\s{1,3}(\\d{4})(?!\\d)`, "giu");
// The form of C's asctime: "Mon Oct  5 22:09:18 2026".
const monthDayTimeYear = new RegExp(
  `(?<!\\p{L})(${name}\\s{1,3}(\\d{1,2}))\\s{1,3}\\d{1,2}:\\d{2}(?::\\d{2})?\\s{1,3}(\\d{4})(?!\\d)`,
  "giu",
);
const yearMonthDay = new RegExp(`(?<!\\d)(\\d{4})\\.?\\s{1,3}${name}\\s{1,3}(\\d{1,2})(?!\\d)`, "giu");
const numericYearFirst = /(?<!\d)(\d{4})(?:[-/._]|\.\s|年)(\d{1,2})(?:[-/._]|\.\s|月)(\d{1,2})(?!\d)/g;
const numericYearLast = /(?<!\d)(\d{1,2})(?:\.\s?|[/-])(\d{1,2})(?:\.\s?|[/-])(\d{4}|\d{2})(?!\d)/g;
const clock = /(?<![\d:.])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,7})?(?![\d:])\s{0,2}([ap])?\.?\s?m?\b/i;
const isoInstant =
  /(?<!\d)(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2})(?!\d)/;

/**
 * The date and time that a text states in the locale of some machine, as if it were UTC, in milliseconds. Where day and month, or the
 * language of a month, are ambiguous, the reading nearest to `near` (milliseconds) and not after it counts. Null when there is no date.
 */
export function readLocalMoment(text: string, near: number): number | null {
  const start = text.slice(0, 300);
  const days = [...namedDays(start), ...numericDays(start)].map((found) => ({
    ...found,
    at: Date.UTC(found.year, found.month - 1, found.day),
  }));
  const valid = days.filter((found) => new Date(found.at).getUTCDate() === found.day && found.month <= 12);
  if (valid.length === 0) return null;
  const best = valid.reduce((a, b) => (distance(b.at, near) < distance(a.at, near) ? b : a));
  return best.at + (readClock(start.replace(best.text, " ")) ?? 0) * 1000;
}

/** An ISO 8601 date and time with a zone as milliseconds; null when the text has none. */
export function readInstant(text: string): number | null {
  const match = isoInstant.exec(text.slice(0, 1000));
  if (!match) return null;
  const parsed = Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`);
  return Number.isNaN(parsed) ? null : parsed - zoneMinutes(match[7] ?? "Z") * 60_000;
}

/** A time of day, "21:00:05" or "10:00:05 PM", in seconds after midnight; null when there is none. */
export function readClock(text: string): number | null {
  const match = clock.exec(text.slice(0, 300));
  if (!match) return null;
  const half = match[4]?.toLowerCase();
  const hours = (Number(match[1]) % (half ? 12 : 24)) + (half === "p" ? 12 : 0);
  const seconds = hours * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  return Number(match[2]) > 59 ? null : seconds;
}

type Found = Day & { text: string };

function namedDays(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(dayMonthYear)) found.push(...named(match, match[3], match[2], match[1]));
  for (const match of text.matchAll(monthDayYear)) found.push(...named(match, match[3], match[1], match[2]));
  for (const match of text.matchAll(monthDayTimeYear))
    found.push(...named(match, match[4], match[2], match[3]).map((day) => ({ ...day, text: match[1] ?? "" })));
  for (const match of text.matchAll(yearMonthDay)) found.push(...named(match, match[1], match[2], match[3]));
  return found;
}

function named(match: RegExpMatchArray, year?: string, month?: string, dayOfMonth?: string): Found[] {
  const key = (month ?? "").normalize("NFC").toLowerCase().replace(/\.$/, "");
  const months = monthsByName.get(key) ?? [];
  return months.map((number) => ({ year: Number(year), month: number, day: Number(dayOfMonth), text: match[0] }));
}

function numericDays(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(numericYearFirst)) found.push(numeric(match, match[1], match[2], match[3]));
  for (const match of text.matchAll(numericYearLast)) {
    found.push(numeric(match, match[3], match[2], match[1]));
    // Nobody writes month.day.year with dots.
    if (!match[0].includes(".")) found.push(numeric(match, match[3], match[1], match[2]));
  }
  return found;
}

function numeric(match: RegExpMatchArray, year = "", month = "", dayOfMonth = ""): Found {
  return {
    year: Number(year.length === 2 ? `20${year}` : year),
    month: Number(month),
    day: Number(dayOfMonth),
    text: match[0],
  };
}

function distance(at: number, near: number): number {
  return at > near + ahead ? (at - near) * 1000 + 1000 * day : Math.abs(near - at);
}

function zoneMinutes(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith("-") ? -minutes : minutes;
}
