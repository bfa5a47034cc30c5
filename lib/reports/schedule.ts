import { Temporal } from "temporal-polyfill";
import type { ReportSchedule } from "./types";

/**
 * @param after nothing at or before this moment is next. @param timeZone of the account.
 * @returns when the report is mailed next. A time that the clock skips is the next one there is; one that it repeats, the first.
 */
export function nextSend(schedule: ReportSchedule, timeZone: string, after: Date): Date {
  const now = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(timeZone);
  const time = Temporal.PlainTime.from(schedule.time);
  let day = now.toPlainDate();
  for (;;) {
    const moment = day.toZonedDateTime({ timeZone, plainTime: time });
    if (isDay(schedule, day) && Temporal.ZonedDateTime.compare(moment, now) > 0)
      return new Date(moment.epochMilliseconds);
    day = day.add({ days: 1 });
  }
}

function isDay({ every, weekday, dayOfMonth }: ReportSchedule, day: Temporal.PlainDate): boolean {
  if (every === "week") return day.dayOfWeek === weekday;
  return every === "day" || day.day === dayOfMonth;
}
