import { expect, test } from "vitest";
import { type Arrival, silentSince, unreadSince } from "@/lib/sources/silence";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, 00:00 UTC. */
const MONDAY = Date.UTC(2026, 9, 5);

/** Mails of a night: every ten minutes from 20:00 to 06:00, on these days from `MONDAY` on (0 is Monday). */
function nights(days: readonly number[], step = 10 * 60_000): Arrival[] {
  const found: Arrival[] = [];
  for (const day of days)
    for (let at = 20 * HOUR; at <= 30 * HOUR; at += step) found.push({ at: MONDAY + day * DAY + at, mails: 1 });
  return found;
}
const range = (count: number) => Array.from({ length: count }, (_, day) => day);
const weekdays = (weeks: number) => range(weeks * 7).filter((day) => day % 7 < 5);
const until = (arrivals: Arrival[], moment: number) => arrivals.filter(({ at }) => at <= moment);
const at = (day: number, hour: number) => MONDAY + day * DAY + hour * HOUR;

test("a desk whose mails come at night is not silent by day, nor at the weekend", () => {
  const arrivals = nights(weekdays(5));
  for (let moment = at(14, 0); moment < at(33, 0); moment += HOUR / 2)
    expect(silentSince(until(arrivals, moment), moment), new Date(moment).toISOString()).toBeNull();
});

test("a desk whose mails come every night is noticed within about two hours of the night", () => {
  const arrivals = until(nights(range(35)), at(28, 21));
  expect(silentSince(arrivals, at(28, 22.9))).toBeNull();
  expect(silentSince(arrivals, at(28, 23.5))).toBe(at(28, 21));
  expect(silentSince(arrivals, at(30, 12)), "and stays so").toBe(at(28, 21));
});

test("an outage that begins by day is noticed in the evening, not before", () => {
  const arrivals = until(nights(weekdays(4)), at(22, 12));
  expect(silentSince(arrivals, at(22, 19.9))).toBeNull();
  expect(silentSince(arrivals, at(22, 22))).not.toBeNull();
});

test("an outage over the weekend is noticed on Monday evening", () => {
  const arrivals = nights(weekdays(4));
  expect(silentSince(arrivals, at(27, 23))).toBeNull();
  expect(silentSince(arrivals, at(28, 22.5))).toBe(at(26, 6));
});

test("a channel of one mail a day is silent after three days, not when one is late", () => {
  const daily = range(28).map((day): Arrival => ({ at: at(day, 22) + (day % 3) * 60_000, mails: 1 }));
  expect(silentSince(daily, at(28, 23))).toBeNull();
  expect(silentSince(daily, at(29, 20))).toBeNull();
  expect(silentSince(daily, at(30, 23.5))).not.toBeNull();
});

test("an hour earlier or later after a change of the clocks is no silence", () => {
  const arrivals = nights(range(28));
  expect(silentSince(arrivals, at(28, 20.9))).toBeNull();
});

test("a holiday four weeks ago changes nothing", () => {
  const arrivals = until(nights(range(35).filter((day) => day !== 7)), at(35, 21));
  expect(silentSince(arrivals, at(35, 30))).not.toBeNull();
});

test("who delivered little so far is never silent: less than 10 mails, or on fewer than 3 days", () => {
  expect(silentSince([], at(0, 0))).toBeNull();
  const few = range(9).map((day): Arrival => ({ at: at(day, 1), mails: 1 }));
  expect(silentSince(few, at(60, 0))).toBeNull();
  expect(
    silentSince(
      nights([0, 1]).filter(({ at: moment }) => moment < at(2, 0)),
      at(3, 23),
    ),
  ).toBeNull();
});

test("in the first week only a silence longer than any before counts, and none that reaches into a weekend", () => {
  const arrivals = until(nights([0, 1, 2]), at(2, 22));
  expect(silentSince(arrivals, at(3, 12))).toBeNull();
  expect(silentSince(arrivals, at(3, 16))).toBe(at(2, 22));
  expect(silentSince(nights([2, 3, 4]), at(6, 23))).toBeNull();
});

test("a reader that fails is silent after two hours", () => {
  expect(unreadSince(null, at(0, 9))).toBeNull();
  expect(unreadSince(at(0, 0), at(0, 2))).toBeNull();
  expect(unreadSince(at(0, 0), at(0, 2.1))).toBe(at(0, 0));
});
