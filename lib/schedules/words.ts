import type { LearnedSchedule, MonthDay, Schedule, Slot } from "./types";
import { isFixed, localOf, minuteOf, timeOf, weekdayOf } from "./zones";

/** Schedules as sentences. Pure: for both sides. */

export const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const nameOf = (weekday: number): string => weekdayNames[weekday - 1] ?? "";
const WORKDAYS = "1,2,3,4,5";
const WEEKEND = "6,7";

/**
 * @param about "about" for times that were learned, "at" for those that somebody planned.
 * @returns "Weekdays about 22:00", "Every 3rd Tuesday at 01:30", "Every 2 hours".
 */
export function scheduleInWords(schedule: Schedule, about: "about" | "at" = "at"): string {
  if (schedule.kind === "interval") return everyHours(schedule.hours);
  if (schedule.kind === "weekly") return weeklyInWords(schedule.at, about);
  const times = `${about} ${listed(schedule.times)}`;
  if (schedule.kind === "every") return `${everyDays(schedule.days, schedule.anchor)} ${times}`;
  return `${sentence(listed(schedule.on.map(monthDayInWords)))} ${times}`;
}

const everyHours = (hours: number): string => (hours === 1 ? "Every hour" : `Every ${hours} hours`);

function weeklyInWords(at: { time: string; weekdays: number[] }[], about: string): string {
  const hours = evenHours(at);
  if (hours !== null) return everyHours(hours);
  const byDays = new Map<string, string[]>();
  for (const { time, weekdays } of at) {
    const days = weekdaysInWords(weekdays);
    byDays.set(days, [...(byDays.get(days) ?? []), time]);
  }
  return [...byDays].map(([days, times]) => `${days} ${about} ${shortened(times)}`).join("; ");
}

/** Many times, as many minutes apart all round the clock, read better as a number of hours. */
function evenHours(at: { time: string; weekdays: number[] }[]): number | null {
  const [first] = at;
  if (!first || at.length < 6 || at.some(({ weekdays }) => weekdays.length < 7)) return null;
  const minutes = at.map(({ time }) => minuteOf(time));
  const gaps = minutes.map((minute, i) => (minutes[i + 1] ?? (minutes[0] ?? 0) + 1440) - minute);
  const hours = Math.round(1440 / at.length / 60);
  return gaps.every((gap) => Math.abs(gap - hours * 60) <= 15) ? hours : null;
}

const shortened = (times: string[]): string =>
  times.length <= 6
    ? listed(times)
    : `${times[0]}, ${times[1]} and ${times.length - 2} more times until ${times.at(-1)}`;

function weekdaysInWords(weekdays: number[]): string {
  const key = weekdays.join(",");
  if (weekdays.length === 7) return "Every day";
  if (key === WORKDAYS) return "Weekdays";
  if (key === WEEKEND) return "Weekends";
  const [first = 1, last = first] = [weekdays[0], weekdays.at(-1)];
  if (weekdays.length === 1) return `Every ${nameOf(first)}`;
  if (weekdays.length > 2 && last - first === weekdays.length - 1) return `${nameOf(first)}s to ${nameOf(last)}s`;
  return listed(weekdays.map((weekday) => `${nameOf(weekday)}s`));
}

function everyDays(days: number, anchor: string): string {
  if (days % 7 !== 0) return days === 1 ? "Every day" : `Every ${days} days`;
  const day = nameOf(weekdayOf(Date.parse(`${anchor}T00:00:00Z`) / 86_400_000));
  return days === 7 ? `Every ${day}` : `Every ${days / 7} weeks on ${day}`;
}

function monthDayInWords(on: MonthDay): string {
  if ("last" in on) return "on the last day of each month";
  if ("day" in on) return `on the ${ordinal(on.day)} of each month`;
  return on.nth < 0
    ? `every last ${nameOf(on.weekday)} of the month`
    : `every ${ordinal(on.nth)} ${nameOf(on.weekday)}`;
}

export function ordinal(number: number): string {
  const end = number % 100 > 10 && number % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${number}${end}`;
}

/** @returns "a", "a and b", "a, b and c". */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** @returns "Tuesday 22:00" in the zone. */
export function dayAndTime(at: number, zone: string): string {
  const { day, minute } = localOf(zone, at);
  return `${nameOf(weekdayOf(day))} ${timeOf(Math.floor(minute))}`;
}

/** @returns "No mail came. Expected Tuesday 22:00, at the latest 23:40." in the zone of the job. */
export function missedInWords(slot: Pick<Slot, "at">, deadline: number, zone: string): string {
  const [expected, latest] = [dayAndTime(slot.at, zone), dayAndTime(deadline, zone)];
  const isSameDay = localOf(zone, slot.at).day === localOf(zone, deadline).day;
  return `No mail came. Expected ${expected}, at the latest ${isSameDay ? latest.split(" ")[1] : latest}.`;
}

const LEAST_RUNS = 4;

/** @param seen runs, retries counted once, and the days on which they were. @returns how far learning is. */
export function learningInWords({ runs, days }: { runs: number; days: number }, wasTried: boolean): string {
  if (days < LEAST_RUNS) return `Learning: ${days} of ${LEAST_RUNS} runs seen.`;
  if (!wasTried) return `Learning: ${runs} runs seen, to be looked at within six hours.`;
  return `Learning: ${runs} runs seen, which follow no rule yet. A daily job needs one whole week, a weekly one four.`;
}

/** @returns "+02:00". */
export const offsetInWords = (minutes: number): string => `${minutes < 0 ? "-" : "+"}${timeOf(Math.abs(minutes))}`;

/** @returns what to say of a learned clock that is not that of the job's zone, or null. */
export function clockInWords(clock: string, zone: string): string | null {
  if (clock === zone) return null;
  return isFixed(clock) ? `Its clock is UTC${clock} all year.` : `Times of ${clock}, until it is learned anew.`;
}

/** @returns "23:10" for the time by which its mails are usually there, where there is one time a day. */
export function usuallyDoneBy(learned: LearnedSchedule): string | null {
  const { schedule } = learned;
  if (!schedule || schedule.kind === "interval") return null;
  const times = schedule.kind === "weekly" ? schedule.at.map(({ time }) => time) : schedule.times;
  const [time] = times;
  if (time === undefined || new Set(times).size > 1) return null;
  const after = learned.delayMinutes + learned.spreadMinutes;
  return after < 1440 ? timeOf(minuteOf(time) + after) : null;
}
