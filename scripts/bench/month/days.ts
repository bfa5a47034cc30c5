import type { Temporal } from "temporal-polyfill";

export const during = (date: Temporal.PlainDate, span: { from: Temporal.PlainDate; days: number } | null): boolean => {
  if (!span) return false;
  const day = span.from.until(date).days;
  return day >= 0 && day < span.days;
};

export const wallTime = (zone: string, date: Temporal.PlainDate, minutes: number): number =>
  date
    .toPlainDateTime()
    .add({ minutes: Math.round(minutes) })
    .toZonedDateTime(zone).epochMilliseconds;
