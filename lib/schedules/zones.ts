import { Temporal } from "temporal-polyfill";
import { DAY, MINUTE } from "./types";

/**
 * Wall time of IANA zones and of fixed offsets ("+01:00"). Days are counted from 1970-01-01. Temporal is asked once per
 * zone and day, because one answer costs it some 80 microseconds. Pure: for both sides.
 */

/** @param date like "2026-11-21". */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
/** @returns 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** @param time like "22:05". @returns minutes after midnight. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
/** @param minute any number; counted on round the clock. @returns like "22:05". */
export function timeOf(minute: number): string {
  const of = ((Math.round(minute) % 1440) + 1440) % 1440;
  return `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
}

export type Moment = { at: number; lateFrom: number; extraMinutes: number };

/**
 * @returns the instant of a wall time: what falls into a gap comes as much later as the clock was put forward; what the clock shows
 *   twice is meant the first time.
 */
export function momentOf(zone: string, day: number, minute: number): Moment {
  const start = startOf(zone, day);
  if (startOf(zone, day + 1) - start === DAY) {
    const at = start + minute * MINUTE;
    return { at, lateFrom: at, extraMinutes: 0 };
  }
  const wall = Temporal.PlainDateTime.from(`${dateOf(day)}T${timeOf(minute)}`);
  const as = (disambiguation: "compatible" | "later") =>
    wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
  return { at: as("compatible"), lateFrom: as("later"), extraMinutes: 60 };
}

/** @returns the wall time of an instant: its day, and minutes after midnight. */
export function localOf(zone: string, at: number): { day: number; minute: number } {
  const guess = Math.floor(at / DAY);
  const day = [guess + 1, guess, guess - 1].find((one) => startOf(zone, one) <= at) ?? guess;
  const start = startOf(zone, day);
  if (startOf(zone, day + 1) - start === DAY) return { day, minute: (at - start) / MINUTE };
  const { hour, minute, second } = Temporal.Instant.fromEpochMilliseconds(Math.round(at)).toZonedDateTimeISO(zone);
  return { day, minute: hour * 60 + minute + second / 60 };
}

/** @returns how far a zone is ahead of UTC at an instant. */
export function offsetMinutesAt(zone: string, at: number): number {
  const { day, minute } = localOf(zone, at);
  return Math.round((day * DAY + minute * MINUTE - at) / MINUTE);
}

/** @returns whether it is a clock that is never changed, like "+01:00", and no zone. */
export const isFixed = (clock: string): boolean => clock.startsWith("+") || clock.startsWith("-");

/** @returns "+01:00": a clock that is never changed. */
export function fixedClock(offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? "-" : "+";
  return sign + timeOf(Math.abs(offsetMinutes));
}

/** Starts of days by zone; forgotten all at once when there are very many. */
const starts = new Map<string, Map<number, number>>();
const MOST = 20_000;

/** @returns the first instant of a day. @throws RangeError for a zone that does not exist. */
export function startOf(zone: string, day: number): number {
  if (isFixed(zone)) return day * DAY - (zone.startsWith("-") ? -1 : 1) * minuteOf(zone.slice(1)) * MINUTE;
  const ofZone = starts.get(zone) ?? new Map<number, number>();
  starts.set(zone, ofZone);
  const known = ofZone.get(day);
  if (known !== undefined) return known;
  const found = Temporal.PlainDate.from(dateOf(day)).toZonedDateTime(zone).epochMilliseconds;
  if (ofZone.size >= MOST) ofZone.clear();
  ofZone.set(day, found);
  return found;
}

/** @returns whether there is a zone of this name. */
export function isZone(name: string): boolean {
  try {
    startOf(name, 20_000);
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
