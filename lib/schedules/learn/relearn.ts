import { periodDays } from "../slots";
import { DAY, type Hit, type LearnedSchedule, MINUTE, type Schedule } from "../types";
import { isFixed } from "../zones";
import { distinctDays, type Found, findSchedule, LEAST_HITS, learned } from "./learn";
import { moveTimes } from "./move-times";
import { movedTogether } from "./moved-together";
import { type IsQuiet, isGood, neverQuiet, type Score, scoreOf } from "./score";
import { median, quantile } from "./stats";

/** What was learned is kept until its opposite is seen often enough: three expected runs in a row, or two weeks. Pure. */

const IN_A_ROW = 3;
/** Two weeks, and so much more that two weekends always lie between the first run and the last. */
const CHANGE_DAYS = 17;

/**
 * @param current what was learned before, or null. @param hits of up to 400 days, in order, retries collapsed.
 * @returns what is learned now; null while there is too little.
 */
export function relearn(
  current: LearnedSchedule | null,
  hits: readonly Hit[],
  zone: string,
  isQuiet: IsQuiet = neverQuiet,
): LearnedSchedule | null {
  if (distinctDays(hits, zone) < LEAST_HITS) return current?.schedule ? current : null;
  if (!current?.schedule) return anew(hits, zone, isQuiet);
  // Somebody has said that the job is elsewhere.
  if (current.clock !== zone && !isFixed(current.clock)) return anew(hits, zone, isQuiet) ?? current;
  const known = { ...current, schedule: current.schedule };
  const ownHits = hits.filter(({ at }) => at >= Date.parse(current.since));
  return (
    restructured(known, ownHits, zone, isQuiet) ??
    moved(known, ownHits, isQuiet) ??
    refreshed(known, ownHits, zone, isQuiet)
  );
}

type Known = LearnedSchedule & { schedule: Schedule };

function anew(hits: readonly Hit[], zone: string, isQuiet: IsQuiet): LearnedSchedule | null {
  const found = findSchedule(hits, zone, isQuiet);
  const since = hits[0]?.at ?? 0;
  if (found) return learned(found, found.score.matched[0]?.hit.at ?? since);
  return isLong(hits) ? irregular(hits, zone) : null;
}

/** Six weeks without a rule, or twenty runs in two: there is none. */
function isLong(hits: readonly Hit[]): boolean {
  const days = ((hits.at(-1)?.at ?? 0) - (hits[0]?.at ?? 0)) / DAY;
  return days >= 42 || (days >= 14 && hits.length >= 20);
}

/** @returns what can be said where no rule fits: how long it is quiet at most, usually. */
function irregular(hits: readonly Hit[], zone: string): LearnedSchedule {
  const gaps = hits.slice(1).map(({ at }, i) => (at - (hits[i]?.at ?? 0)) / DAY);
  const numbers = { delayMinutes: 0, spreadMinutes: 0, graceMinutes: 0, expected: 0, hits: hits.length };
  const since = new Date(hits[0]?.at ?? 0).toISOString();
  return { schedule: null, clock: zone, ...numbers, periodDays: Math.ceil(Math.max(1, quantile(gaps, 0.95))), since };
}

/** Other days, more runs or fewer: only what explains two weeks (or three periods) clearly better than what was known. */
function restructured(current: Known, hits: readonly Hit[], zone: string, isQuiet: IsQuiet): LearnedSchedule | null {
  const last = hits.at(-1)?.at ?? 0;
  const { clock } = current;
  for (const days of [CHANGE_DAYS, 28, 90]) {
    if (days < IN_A_ROW * periodDays(current.schedule) && days < 90) continue;
    const recent = hits.filter(({ at }) => at > last - days * DAY);
    if (last - (recent[0]?.at ?? last) < (days - 2) * DAY && days > CHANGE_DAYS) continue;
    const known = scoreOf(current.schedule, clock, recent, isQuiet);
    if (known.contradictions < IN_A_ROW) continue;
    const found = findSchedule(recent, zone, isQuiet);
    const explained = known.contradictions - (found?.score.contradictions ?? known.contradictions);
    if (found && explained >= IN_A_ROW && isClearlyBetter(found, known)) return learned(found, recent[0]?.at ?? last);
    // Runs come, but hardly ever when they are expected: better to know nothing than to be wrong each day.
    if (!found && days === 28 && known.precision < 0.5) return irregular(recent, zone);
  }
  return null;
}

function isClearlyBetter({ schedule, score }: Found, known: Score): boolean {
  if (schedule.kind === "interval") return !isGood(known);
  return score.recall + score.precision > known.recall + known.precision + 0.05;
}

/** The last three runs of a time of day were all off by about the same: that is its time now. */
function moved(current: Known, hits: readonly Hit[], isQuiet: IsQuiet): LearnedSchedule | null {
  if (current.schedule.kind === "interval") return null;
  const { clock } = current;
  const tolerance = Math.max(60, 2 * current.spreadMinutes + 30);
  const together = movedTogether(current.schedule, clock, hits, tolerance);
  if (together) {
    const { schedule, hits: lately } = together;
    return learned({ schedule, clock, score: scoreOf(schedule, clock, lately, isQuiet) }, lately[0]?.at ?? 0);
  }
  const { matched } = scoreOf(current.schedule, clock, hits.slice(-60), isQuiet);
  let since = Number.POSITIVE_INFINITY;
  const by = new Map<number, number>();
  for (const minute of new Set(matched.map(({ slot }) => slot.minute))) {
    const lately = matched.filter(({ slot }) => slot.minute === minute).slice(-IN_A_ROW);
    const off = lately.map(({ slot, hit }) => (hit.at - slot.at) / MINUTE);
    const isOff = off.length === IN_A_ROW && off.every((one) => Math.abs(one) > tolerance);
    if (!isOff || Math.max(...off) - Math.min(...off) > 60) continue;
    by.set(minute, Math.round(median(off)));
    since = Math.min(since, lately[0]?.hit.at ?? since);
  }
  if (by.size === 0) return null;
  const schedule = moveTimes(current.schedule, by);
  const lately = hits.filter(({ at }) => at >= since);
  return learned({ schedule, clock: current.clock, score: scoreOf(schedule, clock, lately, isQuiet) }, since);
}

/** The same rule, with the times and the punctuality of the last weeks. */
function refreshed(current: Known, hits: readonly Hit[], zone: string, isQuiet: IsQuiet): LearnedSchedule {
  const last = hits.at(-1)?.at ?? 0;
  const days = Math.max(28, 6 * periodDays(current.schedule));
  const recent = hits.filter(({ at }) => at > last - days * DAY);
  if (recent.length < LEAST_HITS) return current;
  const found = findSchedule(recent, zone, isQuiet);
  if (current.schedule.kind === "interval")
    return found?.schedule.kind === "interval" ? learned(found, Date.parse(current.since)) : current;
  // The better clock may only show when the clocks were changed.
  const clock =
    found && found.clock !== zone && isSameShape(found.schedule, current.schedule) ? found.clock : current.clock;
  const base = clock === current.clock ? current.schedule : (found?.schedule ?? current.schedule);
  const known = scoreOf(base, clock, recent, isQuiet);
  const offs = new Map<number, number>();
  for (const minute of new Set(known.matched.map(({ slot }) => slot.minute))) {
    const off = known.matched.filter(({ slot }) => slot.minute === minute).map(({ slot, hit }) => hit.at - slot.at);
    const drift = Math.round(median(off) / MINUTE);
    if (off.length >= LEAST_HITS && Math.abs(drift) >= 5) offs.set(minute, drift);
  }
  const schedule = moveTimes(base, offs);
  const score = scoreOf(schedule, clock, recent, isQuiet);
  return score.matched.length === 0 ? current : learned({ schedule, clock, score }, Date.parse(current.since));
}

/** @returns whether they differ in times only. */
function isSameShape(a: Schedule, b: Schedule): boolean {
  if (a.kind === "weekly" && b.kind === "weekly")
    return (
      a.at.length === b.at.length && a.at.every(({ weekdays }, i) => String(weekdays) === String(b.at[i]?.weekdays))
    );
  if (a.kind === "every" && b.kind === "every") return a.days === b.days;
  return a.kind === "monthly" && b.kind === "monthly" && JSON.stringify(a.on) === JSON.stringify(b.on);
}
