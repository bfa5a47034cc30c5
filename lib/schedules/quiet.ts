import type { IsQuiet } from "./learn/score";
import { dateOf, localOf } from "./zones";

/** When no run is expected although the schedule says so. Pure. */

export type QuietTime = {
  kind: "holiday" | "maintenance";
  /** Of a holiday: dates, both included. */
  fromDay: string | null;
  toDay: string | null;
  isYearly: boolean;
  /** Of maintenance. */
  startsAt: Date | null;
  endsAt: Date | null;
};

/** @param zone of the job: a holiday is a whole day there. */
export function isQuietIn(times: readonly QuietTime[], zone: string): IsQuiet {
  if (times.length === 0) return () => false;
  return ({ at }) => {
    const date = dateOf(localOf(zone, at).day);
    return times.some((time) => (time.kind === "holiday" ? isHoliday(time, date) : isMaintenance(time, at)));
  };
}

/** @param date like "2026-12-25". */
export function isHoliday({ fromDay, toDay, isYearly }: QuietTime, date: string): boolean {
  if (!fromDay || !toDay) return false;
  if (!isYearly) return date >= fromDay && date <= toDay;
  const [day, from, to] = [date.slice(5), fromDay.slice(5), toDay.slice(5)];
  if (fromDay.slice(0, 4) === toDay.slice(0, 4)) return day >= from && day <= to;
  // Over the new year; a range of a year or more is every day.
  return day >= from || day <= to;
}

const isMaintenance = ({ startsAt, endsAt }: QuietTime, at: number): boolean =>
  startsAt !== null && endsAt !== null && at >= startsAt.getTime() && at < endsAt.getTime();
