import { HOUR, type MonthDay, type Schedule, type Slot } from "./types";
import { dateOf, dayOf, localOf, minuteOf, momentOf, weekdayOf } from "./zones";

/** The slots of a schedule, with the rules for changed clocks of docs/decisions/schedules.md. Pure: for both sides. */

/** @param from @param to milliseconds since the epoch. @returns the slots with from <= at < to, each later than the one before. */
export function slotsBetween(schedule: Schedule, zone: string, from: number, to: number): Slot[] {
  if (to <= from) return [];
  if (schedule.kind === "interval") return ofInterval(schedule, zone, from, to);
  const [first, last] = [localOf(zone, from).day - 1, localOf(zone, to).day + 1];
  const slots = daysOf(schedule, first, last).flatMap((day) =>
    minutesOn(schedule, day).map(
      (minute, index): Slot => ({ date: dateOf(day), index, minute, ...momentOf(zone, day, minute) }),
    ),
  );
  return slots
    .sort((a, b) => a.at - b.at)
    .filter((slot, i) => slot.at >= from && slot.at < to && slot.at !== slots[i - 1]?.at);
}

function ofInterval(
  { hours, anchor }: Extract<Schedule, { kind: "interval" }>,
  zone: string,
  from: number,
  to: number,
): Slot[] {
  const [origin, step] = [Date.parse(anchor), hours * HOUR];
  const slots: Slot[] = [];
  // From the first of a local day on, so that the place in the day does not depend on what is asked.
  for (let n = Math.floor((from - 25 * HOUR - origin) / step); origin + n * step < to; n++) {
    const at = origin + n * step;
    const date = dateOf(localOf(zone, at).day);
    const before = slots.at(-1);
    const index = before?.date === date ? before.index + 1 : 0;
    slots.push({ date, index, at, lateFrom: at, extraMinutes: 0, minute: -1 });
  }
  return slots.filter(({ at }) => at >= from);
}

function daysOf(schedule: Exclude<Schedule, { kind: "interval" }>, first: number, last: number): number[] {
  if (schedule.kind === "every") {
    const anchor = dayOf(schedule.anchor);
    return range(anchor + Math.ceil((first - anchor) / schedule.days) * schedule.days, last, schedule.days);
  }
  if (schedule.kind === "weekly") return range(first, last, 1);
  const months: number[] = [];
  const start = new Date(`${dateOf(first)}T00:00:00Z`);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth()];
  for (let n = 0; monthStart(year, month + n) <= last; n++) months.push(n);
  const days = months.flatMap((n) => schedule.on.flatMap((on) => dayInMonth(on, year, month + n)));
  return [...new Set(days)].filter((day) => day >= first && day <= last).sort((a, b) => a - b);
}

function minutesOn(schedule: Exclude<Schedule, { kind: "interval" }>, day: number): number[] {
  const times =
    schedule.kind === "weekly"
      ? schedule.at.filter(({ weekdays }) => weekdays.includes(weekdayOf(day))).map(({ time }) => time)
      : schedule.times;
  return [...new Set(times.map(minuteOf))].sort((a, b) => a - b);
}

/** @param month from 0; may lie in a later year. @returns none for a month without the day. */
function dayInMonth(on: MonthDay, year: number, month: number): number[] {
  const [first, next] = [monthStart(year, month), monthStart(year, month + 1)];
  if ("last" in on) return [next - 1];
  if ("day" in on) return first + on.day - 1 < next ? [first + on.day - 1] : [];
  const back = (weekdayOf(next - 1) - on.weekday + 7) % 7;
  if (on.nth < 0) return [next - 1 - back];
  const day = first + ((on.weekday - weekdayOf(first) + 7) % 7) + (on.nth - 1) * 7;
  return day < next ? [day] : [];
}

const monthStart = (year: number, month: number): number => Date.UTC(year, month, 1) / 86_400_000;

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step);
}

/** @returns how long it is at most from one slot to the next, in days, roughly: for rules that speak of "the period". */
export function periodDays(schedule: Schedule): number {
  if (schedule.kind === "interval") return schedule.hours / 24;
  if (schedule.kind === "every") return schedule.days;
  if (schedule.kind === "monthly") return 31 / schedule.on.length;
  const weekdays = [...new Set(schedule.at.flatMap(({ weekdays }) => weekdays))].sort((a, b) => a - b);
  const gaps = weekdays.map((weekday, i) => (weekdays[i + 1] ?? (weekdays[0] ?? 1) + 7) - weekday);
  return Math.max(...gaps, 1);
}
