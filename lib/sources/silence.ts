/** When a channel is silent for longer than usual. Pure. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Nobody is alarmed about less. */
const LEAST_MS = 2 * HOUR;
/** Mails that come an hour earlier or later than a week ago (summer time) are no silence. */
const SLACK_MS = HOUR;
const WEEKS = 4;
/** Before that much has come nobody knows what is usual. */
const LEAST_MAILS = 10;
const LEAST_DAYS = 3;
/** How much history the rule looks at, in milliseconds: the last gap is compared with the weeks before it. */
export const HISTORY_MS = (WEEKS + 1) * WEEK;

/** Mails that came at about the same moment, in milliseconds since the epoch. */
export type Arrival = { at: number; mails: number };

/**
 * A channel is silent when nothing came for longer than two hours and three times the gap that 95 % of its gaps stay
 * below, and in the same hours of the weeks before there was something: so nights and weekends that are always quiet
 * are no silence. Younger than a week it has to be quiet for longer than ever before.
 * @param arrivals in order. @param now milliseconds since the epoch. @returns since when, or null.
 */
export function silentSince(arrivals: readonly Arrival[], now: number): number | null {
  const first = arrivals[0];
  const last = arrivals.at(-1);
  if (!first || !last || !isKnown(arrivals)) return null;
  const gaps = gapsOf(arrivals);
  if (now - last.at <= Math.max(LEAST_MS, 3 * percentile(gaps, 0.95))) return null;
  const weeks = Math.min(WEEKS, Math.floor((now - first.at) / WEEK));
  const isUnusual =
    weeks === 0
      ? now - last.at > Math.max(...gaps) + LEAST_MS && isWorkingSpan(last.at, now)
      : busyWeeks(arrivals, last.at, now, weeks) > weeks / 2;
  return isUnusual ? last.at : null;
}

/**
 * A mailbox that cannot be read brings nothing, whatever is in it.
 * @param failingSince of the errors that have not stopped since. @returns since when it is silent, or null.
 */
export function unreadSince(failingSince: number | null, now: number): number | null {
  return failingSince !== null && now - failingSince > LEAST_MS ? failingSince : null;
}

function isKnown(arrivals: readonly Arrival[]): boolean {
  const mails = arrivals.reduce((sum, arrival) => sum + arrival.mails, 0);
  return mails >= LEAST_MAILS && new Set(arrivals.map(({ at }) => Math.floor(at / DAY))).size >= LEAST_DAYS;
}

const gapsOf = (arrivals: readonly Arrival[]): number[] =>
  arrivals.slice(1).map(({ at }, i) => at - (arrivals[i]?.at ?? at));

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** In the first week nobody has seen a weekend yet: a silence that reaches into one may be usual. */
function isWorkingSpan(from: number, to: number): boolean {
  for (let day = Math.floor(from / DAY); day <= Math.floor(to / DAY); day++)
    if ([0, 6].includes(new Date(day * DAY).getUTCDay())) return false;
  return true;
}

/** In how many of the weeks before something came in the same hours. */
function busyWeeks(arrivals: readonly Arrival[], last: number, now: number, weeks: number): number {
  let busy = 0;
  for (let week = 1; week <= weeks; week++) {
    const [from, to] = [last + SLACK_MS - week * WEEK, now - SLACK_MS - week * WEEK];
    if (arrivals.some(({ at }) => at > from && at <= to)) busy++;
  }
  return busy;
}
