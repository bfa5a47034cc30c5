import type { MonthDay, Schedule } from "../types";
import { dateOf, dayOf, minuteOf, timeOf } from "../zones";

/**
 * Moves times of day; what crosses midnight takes its days along, so that 22:00 on Mondays becomes 01:00 on Tuesdays. Pure.
 * @param by minutes to move, by the minute of the day that is moved.
 */
export function moveTimes(schedule: Schedule, by: ReadonlyMap<number, number>): Schedule {
  const moved = (time: string) => minuteOf(time) + (by.get(minuteOf(time)) ?? 0);
  const daysOver = (time: string) => Math.floor(moved(time) / 1440);
  if (schedule.kind === "interval" || by.size === 0) return schedule;
  if (schedule.kind === "weekly") {
    const at = schedule.at.map(({ time, weekdays }) => ({
      time: timeOf(moved(time)),
      weekdays: weekdays.map((weekday) => ((weekday - 1 + daysOver(time) + 7) % 7) + 1).sort((a, b) => a - b),
    }));
    return { kind: "weekly", at: at.sort((a, b) => a.time.localeCompare(b.time)) };
  }
  const times = schedule.times.map((time) => timeOf(moved(time))).sort();
  const over = daysOver(schedule.times[0] ?? "00:00");
  if (schedule.kind === "every") return { ...schedule, anchor: dateOf(dayOf(schedule.anchor) + over), times };
  return { kind: "monthly", on: schedule.on.map((on) => dayLater(on, over)), times };
}

/** The night after the third Tuesday is no rule of its own; such a job is learned anew when its runs say so. */
const dayLater = (on: MonthDay, days: number): MonthDay =>
  "day" in on && on.day + days >= 1 && on.day + days <= 28 ? { day: on.day + days } : on;
