/** When a job is expected to run. What people plan and what is learned share one type. Pure: for both sides. */

/** A time of day like "22:00", on the clock of the schedule's zone. */
export type ClockTime = string;

/** Of a month: a date, its last day, or e.g. the third Tuesday (`nth` -1: the last one). A month without the day is skipped. */
export type MonthDay = { day: number } | { last: true } | { nth: number; weekday: number };

/** Weekdays are 1 (Monday) to 7 (Sunday); dates are like "2026-11-21". */
export type Schedule =
  | { kind: "weekly"; at: { time: ClockTime; weekdays: number[] }[] }
  /** Every so many days from a date; weeks are multiples of seven. */
  | { kind: "every"; days: number; anchor: string; times: ClockTime[] }
  | { kind: "monthly"; on: MonthDay[]; times: ClockTime[] }
  /** Every so many hours from a moment (ISO 8601), whatever the clock says. */
  | { kind: "interval"; hours: number; anchor: string };

/** What the mails of a job say about when it runs. */
export type LearnedSchedule = {
  /** Null: there are enough runs to say that no rule fits. */
  schedule: Schedule | null;
  /** By which clock: the zone that the job had, or a fixed offset like "+01:00" of a sender that knows no summer time. */
  clock: string;
  /** From the start of a slot to its mail, in the middle of all. */
  delayMinutes: number;
  /** How far 95 of 100 mails are from that, at most. */
  spreadMinutes: number;
  /** How much later than usual a mail may come. */
  graceMinutes: number;
  /** The longest gap between two expected runs; for an irregular job, between nearly all of its runs. */
  periodDays: number;
  /** Of so many expected runs so many came. */
  expected: number;
  hits: number;
  /** Since when it is so, as ISO 8601: runs before say nothing about it. */
  since: string;
};

/** One expected run. It is known by its local date and its place in that day, so that days of 23 or 25 hours have one as well. */
export type Slot = {
  date: string;
  index: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** The same, or where the clock shows this hour twice, the second time: lateness counts from here. */
  lateFrom: number;
  /** The clock is changed on this day: senders with another clock may be an hour late. */
  extraMinutes: number;
  /** Minutes after midnight as the schedule says, whatever the clock did on that day; -1 for intervals. */
  minute: number;
};

/** A run, or several attempts at one, at a moment (milliseconds since the epoch). */
export type Hit = { at: number; reportedAt: number; runId: string };

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
