import { type Hit, HOUR, type MonthDay, type Schedule } from "../types";
import { dateOf, localOf, timeOf, weekdayOf } from "../zones";
import { median, quantile } from "./stats";
import { slotDays } from "./weekly";

/** Rules about dates: every so many days, days of the month, every so many hours. Pure. */

const MOST_DAYS = 100;
const TWO_MONTHS = 55;
const MOST_DATES = 3;
/** What runs more often than hourly is watched by the hour. */
const LEAST_HOURS = 0.75;

/** @returns "every so many days or weeks" where most gaps agree. */
export function everyCandidates(hits: readonly Hit[], zone: string): Schedule[] {
  const { minute, days } = atOneTime(hits, zone);
  const gaps = days.slice(1).map((day, i) => day - (days[i] ?? 0));
  const step = median(gaps.filter((gap) => gap > 0));
  const anchor = days.at(-1);
  if (anchor === undefined || !Number.isInteger(step) || step < 2 || step > MOST_DAYS) return [];
  const aligned = mostCommon(days.map((day) => day % step));
  const origin = days.findLast((day) => day % step === aligned) ?? anchor;
  return [{ kind: "every", days: step, anchor: dateOf(origin), times: [timeOf(minute)] }];
}

/** @returns days of the month: a weekday such as the third Tuesday, dates, or the last day. */
export function monthlyCandidates(hits: readonly Hit[], zone: string): Schedule[] {
  const { minute, days } = atOneTime(hits, zone);
  if ((days.at(-1) ?? 0) - (days[0] ?? 0) < TWO_MONTHS) return [];
  const months = new Set(days.map((day) => dateOf(day).slice(0, 7))).size;
  const often = (counts: Map<string, number>) =>
    [...counts].filter(([, count]) => count * 10 >= months * 6).map(([key]) => key);
  const weekdays = countBy(days, (day) => {
    const date = Number(dateOf(day).slice(8));
    return `${Math.ceil(date / 7)} ${weekdayOf(day)}`;
  });
  const lasts = countBy(days, (day) => (isLastWeek(day) ? `-1 ${weekdayOf(day)}` : ""));
  const byWeekday = [...often(weekdays), ...often(lasts).filter(Boolean)].map((key): MonthDay => {
    const [nth, weekday] = key.split(" ").map(Number);
    return { nth: nth ?? 1, weekday: weekday ?? 1 };
  });
  const dates = often(countBy(days, (day) => String(Number(dateOf(day).slice(8))))).map((day) => ({
    day: Number(day),
  }));
  const times = [timeOf(minute)];
  const ons: MonthDay[][] = [
    [{ last: true }],
    ...(dates.length > 0 && dates.length <= MOST_DATES ? [dates] : []),
    ...byWeekday.map((on) => [on]),
  ];
  return ons.map((on) => ({ kind: "monthly", on, times }));
}

/** @returns "every so many hours", also for what runs several times an hour; by the gaps, because such jobs drift. */
export function intervalCandidate(
  hits: readonly Hit[],
): { schedule: Schedule; recall: number; spreadHours: number } | null {
  const thinned: number[] = [];
  for (const { at } of hits) if (at - (thinned.at(-1) ?? 0) >= LEAST_HOURS * HOUR) thinned.push(at);
  const gaps = thinned.slice(1).map((at, i) => (at - (thinned[i] ?? 0)) / HOUR);
  const hours = Math.max(1, Math.round(median(gaps)));
  const last = thinned.at(-1);
  // Whole days are rules about dates, and were tried.
  if (last === undefined || gaps.length < 3 || hours % 24 === 0) return null;
  const off = (gap: number) => Math.abs(gap - hours * Math.max(1, Math.round(gap / hours)));
  const expected = gaps.reduce((sum, gap) => sum + Math.max(1, Math.round(gap / hours)), 0);
  const regular = gaps.filter((gap) => off(gap) <= Math.min(1, hours * 0.3)).length;
  if (gaps.length < expected * 0.85 || regular < gaps.length * 0.85) return null;
  const schedule: Schedule = { kind: "interval", hours, anchor: new Date(last).toISOString() };
  return { schedule, recall: gaps.length / expected, spreadHours: quantile(gaps.map(off), 0.95) };
}

function atOneTime(hits: readonly Hit[], zone: string): { minute: number; days: number[] } {
  const { minute, days } = slotDays(hits.map(({ at }) => localOf(zone, at)));
  return { minute, days: [...new Set(days)].sort((a, b) => a - b) };
}

const isLastWeek = (day: number): boolean => dateOf(day).slice(0, 7) !== dateOf(day + 7).slice(0, 7);

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

const mostCommon = (values: readonly number[]): number =>
  Number([...countBy(values, String)].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0);
