import { Temporal } from "temporal-polyfill";

/**
 * @param text of a field for date and time: "2026-11-27T18:00". @param timeZone in which it was typed.
 * @returns the moment, in the hour that is left out in spring the one after it; null when there is no such day or time.
 */
export function momentIn(text: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return null;
  try {
    const instant = Temporal.PlainDateTime.from(text, { overflow: "reject" }).toZonedDateTime(timeZone);
    return new Date(instant.epochMilliseconds);
  } catch {
    return null;
  }
}
