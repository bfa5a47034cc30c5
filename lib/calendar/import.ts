import { fromCsv } from "../csv";
import { UserError } from "../errors";
import { dayLater, isDay } from "./days";

/** Lists of holidays: CSV with the columns name, from, to, yearly, or the whole days of a calendar file (RFC 5545). */

export type Listed = { name: string; fromDay: string; toDay: string; isYearly: boolean };

const MOST = 500;

/** @returns what a list says. @throws UserError, at the field "list", for the first line that cannot be read. */
export function readHolidays(text: string): Listed[] {
  const found = /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text) ? fromCalendar(text) : fromTable(text);
  if (found.length === 0) throw new UserError("No whole day was found in this list.", "list");
  if (found.length > MOST) throw new UserError(`The list has ${found.length} days; at most ${MOST} are taken.`, "list");
  return found;
}

function fromTable(text: string): Listed[] {
  const rows = fromCsv(text);
  const head = rows[0]?.cells;
  if (!head || head.name === undefined || (head.from ?? head.date) === undefined)
    throw new UserError(
      'The first line must name the columns: "name", "from", and if you like "to" and "yearly".',
      "list",
    );
  return rows.map(({ line, cells }) => {
    const from = (cells.from ?? cells.date ?? "").trim();
    const to = (cells.to ?? "").trim() || from;
    const wrong = (what: string) => new UserError(`Line ${line}: ${what}`, "list");
    if (!cells.name?.trim()) throw wrong("a name is missing.");
    if (!isDay(from) || !isDay(to)) throw wrong("days are written like 2026-12-25.");
    if (to < from) throw wrong("it must not end before it begins.");
    return {
      name: shortened(cells.name),
      fromDay: from,
      toDay: to,
      isYearly: /^(y|yes|true|1|x)$/i.test((cells.yearly ?? "").trim()),
    };
  });
}

/** Events at a time of day are no days off. */
function fromCalendar(text: string): Listed[] {
  const unfolded = text.replace(/\r?\n[ \t]/g, "");
  return unfolded
    .split(/^BEGIN:VEVENT\s*$/im)
    .slice(1)
    .flatMap((event) => {
      const own = event.split(/^END:VEVENT/im)[0] ?? "";
      const fromDay = wholeDay(own, "DTSTART");
      if (!fromDay) return [];
      // The end of a calendar's event is the day after its last.
      const end = wholeDay(own, "DTEND");
      const toDay = end && end > fromDay ? dayLater(end, -1) : fromDay;
      const name = shortened(unescaped(/^SUMMARY[^:\r\n]*:(.*)$/im.exec(own)?.[1] ?? "")) || "Holiday";
      return [{ name, fromDay, toDay, isYearly: /^RRULE:[^\r\n]*FREQ=YEARLY/im.test(own) }];
    });
}

function wholeDay(event: string, field: "DTSTART" | "DTEND"): string | null {
  const [, year, month, day] =
    new RegExp(`^${field}(?:;[^:\\r\\n]*)?:(\\d{4})(\\d\\d)(\\d\\d)\\s*$`, "im").exec(event) ?? [];
  const text = `${year}-${month}-${day}`;
  return isDay(text) ? text : null;
}

const unescaped = (text: string): string => text.replace(/\\n/gi, " ").replace(/\\([,;\\])/g, "$1");
const shortened = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 100);
