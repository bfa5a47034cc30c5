import { type Hit, MINUTE, type Schedule, type Slot } from "../types";
import { dateOf, localOf, timeOf, weekdayOf } from "../zones";
import type { IsQuiet } from "./score";
import { clockDistance, clockGroups, clockMedian } from "./stats";

/** Times of day, each with its weekdays: from every day to once a week. Pure. */

type Seen = { day: number; minute: number };

/** Runs further apart than this belong to different times: of day, else within the hour, else there is one time for all. */
const APART_MINUTES = [90, 20, 1440];
const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** Of the times that it should have run so many must have come. */
const OFTEN = 0.75;
const LEAST_DAYS = 4;

/** @returns schedules worth scoring, the simplest first. */
export function weeklyCandidates(hits: readonly Hit[], zone: string, isQuiet: IsQuiet): Schedule[] {
  const seen = hits.map(({ at }) => localOf(zone, at));
  return APART_MINUTES.flatMap((apart) => {
    const groups = clockGroups(seen, apart).map(slotDays);
    const days = groups.flatMap((group) => group.days);
    const span: Span = { first: Math.min(...days), last: Math.max(...days), isQuiet };
    const at = groups.map(({ minute, days }) => weekdaysOf(minute, new Set(days), span));
    const known = at.flatMap((one) => (one && one.weekdays.length > 0 ? [one] : []));
    if (known.length === 0 || at.includes(null)) return [];
    return [{ kind: "weekly" as const, at: known.sort((a, b) => a.time.localeCompare(b.time)) }];
  });
}

/** The day of each run's slot: a run at 00:10 of a slot at 23:50 belongs to the day before. */
export function slotDays(group: readonly Seen[]): { minute: number; days: number[] } {
  const middle = Math.round(clockMedian(group)) % 1440;
  const days = group.map(({ day, minute }) => {
    const slot = minute - clockDistance(minute, middle);
    return day + Math.floor(slot / 1440);
  });
  return { minute: middle, days };
}

type Span = { first: number; last: number; isQuiet: IsQuiet };

/**
 * Weekdays on which it ran at least every second time; none where it ran too seldom to be a time of the schedule.
 * @returns null while that cannot be told: a weekday without a run must have come twice, and each must have come at all.
 */
function weekdaysOf(minute: number, days: ReadonlySet<number>, { first, last, isQuiet }: Span) {
  const [came, ran] = [new Array<number>(8).fill(0), new Array<number>(8).fill(0)];
  for (let day = first; day <= last; day++) {
    const weekday = weekdayOf(day);
    if (days.has(day)) ran[weekday] = (ran[weekday] ?? 0) + 1;
    if (days.has(day) || !isQuiet(slotOn(day, minute))) came[weekday] = (came[weekday] ?? 0) + 1;
  }
  const weekdays = WEEK.filter((weekday) => (ran[weekday] ?? 0) > 0 && (ran[weekday] ?? 0) * 2 >= (came[weekday] ?? 0));
  const sum = (counts: number[]) => weekdays.reduce((total, weekday) => total + (counts[weekday] ?? 0), 0);
  if (days.size < LEAST_DAYS || sum(ran) < sum(came) * OFTEN) return { time: timeOf(minute), weekdays: [] };
  const isUnknown = WEEK.some((weekday) => !weekdays.includes(weekday) && (came[weekday] ?? 0) < 2);
  return isUnknown ? null : { time: timeOf(minute), weekdays };
}

/** Enough of a slot to ask whether no run is expected then. */
const slotOn = (day: number, minute: number): Slot => {
  const at = (day * 1440 + minute) * MINUTE;
  return { date: dateOf(day), index: 0, at, lateFrom: at, extraMinutes: 0, minute };
};
