import { periodDays } from "../slots";
import { DAY, type Hit, HOUR, type LearnedSchedule, MINUTE, type Schedule } from "../types";
import { fixedClock, localOf, offsetMinutesAt } from "../zones";
import { everyCandidates, intervalCandidate, monthlyCandidates } from "./dated";
import { type IsQuiet, isGood, neverQuiet, type Score, scoreOf } from "./score";
import { median, quantile } from "./stats";
import { weeklyCandidates } from "./weekly";

/** What a job's runs say about its schedule, from nothing (mails.md 4.6). What was learned before: relearn.ts. Pure. */

/** So many days back, the latest first: a rule that holds lately counts more than one that held for a year. */
const WINDOWS = [28, 90, 400];
export const LEAST_HITS = 4;

export type Found = { schedule: Schedule; clock: string; score: Score; spreadHours?: number };

/**
 * @param hits in order, retries collapsed. @param zone of the job.
 * @returns the simplest rule that explains at least 85 % of the runs and foretells 85 % of them; null for none.
 */
export function findSchedule(hits: readonly Hit[], zone: string, isQuiet: IsQuiet = neverQuiet): Found | null {
  const last = hits.at(-1)?.at ?? 0;
  let seen = 0;
  for (const days of WINDOWS) {
    const recent = hits.filter(({ at }) => at > last - days * DAY);
    // A longer look back that shows nothing more is no other evidence.
    if (recent.length === seen || distinctDays(recent, zone) < LEAST_HITS) continue;
    seen = recent.length;
    const found = findIn(recent, zone, isQuiet);
    if (found) return byBetterClock(found, recent, zone, isQuiet);
  }
  return null;
}

function findIn(hits: readonly Hit[], zone: string, isQuiet: IsQuiet): Found | null {
  const candidates = [
    ...weeklyCandidates(hits, zone, isQuiet),
    ...everyCandidates(hits, zone),
    ...monthlyCandidates(hits, zone),
  ];
  for (const schedule of candidates) {
    const score = scoreOf(schedule, zone, hits, isQuiet);
    if (isGood(score) && score.matched.length >= LEAST_HITS && sawTwoPeriods(schedule, hits)) {
      return { schedule, clock: zone, score };
    }
  }
  const interval = intervalCandidate(hits);
  if (!interval) return null;
  const { schedule, recall, spreadHours } = interval;
  const expected = Math.round(hits.length / recall);
  const score = {
    recall,
    precision: 1,
    expected,
    hits: hits.length,
    matched: [],
    contradictions: expected - hits.length,
  };
  return { schedule, clock: zone, score, spreadHours };
}

const sawTwoPeriods = (schedule: Schedule, hits: readonly Hit[]): boolean =>
  (hits.at(-1)?.at ?? 0) - (hits[0]?.at ?? 0) >= (2 * periodDays(schedule) - 1) * DAY - 12 * HOUR;

/** Senders that know no summer time seem to move by an hour when the clocks are changed. */
function byBetterClock(found: Found, hits: readonly Hit[], zone: string, isQuiet: IsQuiet): Found {
  const [first, last] = [hits[0]?.at ?? 0, hits.at(-1)?.at ?? 0];
  const [before, after] = [offsetMinutesAt(zone, first), offsetMinutesAt(zone, last)];
  if (before === after || found.schedule.kind === "interval") return found;
  const clock = fixedClock(before);
  const other = findIn(hits, clock, isQuiet);
  if (!other || other.schedule.kind === "interval") return found;
  const changed = hits.filter(({ at }) => offsetMinutesAt(zone, at) === after).length;
  return changed >= 2 && meanOff(other.score) + CLEARLY_MINUTES < meanOff(found.score) ? { ...other, clock } : found;
}

const CLEARLY_MINUTES = 4;
const meanOff = ({ matched }: Score): number =>
  matched.reduce((sum, { slot, hit }) => sum + Math.abs(hit.at - slot.at), 0) / Math.max(1, matched.length) / MINUTE;

/** @returns what was found with how punctual its mails are. @param since of the evidence. */
export function learned({ schedule, clock, score, spreadHours }: Found, since: number): LearnedSchedule {
  const delays = score.matched.map(({ slot, hit }) => (hit.reportedAt - slot.at) / MINUTE);
  // Jobs grow, and their mails come at their end: the latest ones tell more.
  const delay = spreadHours === undefined ? Math.max(0, median(delays), median(delays.slice(-5))) : 0;
  const spread =
    spreadHours === undefined
      ? quantile(
          delays.map((one) => Math.abs(one - delay)),
          0.95,
        )
      : spreadHours * 60;
  const period = periodDays(schedule);
  return {
    schedule,
    clock,
    delayMinutes: Math.round(delay),
    spreadMinutes: Math.round(spread),
    graceMinutes: graceOf(spread, period),
    periodDays: period,
    expected: score.expected,
    hits: score.matched.length || score.hits,
    since: new Date(since).toISOString(),
  };
}

/** @returns minutes: twice the lateness of 95 in 100 and half an hour, between one hour and twelve; longer where runs are rare. */
export function graceOf(spreadMinutes: number, period: number): number {
  const least = period >= 28 ? 24 * 60 : period >= 7 ? 4 * 60 : 60;
  return Math.round(Math.max(least, Math.min(2 * spreadMinutes + 30, 12 * 60)));
}

export const distinctDays = (hits: readonly Hit[], zone: string): number =>
  new Set(hits.map(({ at }) => localOf(zone, at).day)).size;
