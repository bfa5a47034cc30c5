import { assign, judging } from "./assign";
import { deadlineOf, type Expectation } from "./expectation";
import { collapse, type SeenRun } from "./learn/hits";
import type { IsQuiet } from "./learn/score";
import { periodDays, slotsBetween } from "./slots";
import { DAY, type Hit, HOUR, MINUTE, type Slot } from "./types";

/** Which expected runs did not come, and which came after all. Pure. */

export type Judgement = {
  missed: Slot[];
  /** Every slot up to this moment is decided. */
  until: number;
};

/** @returns how far back runs must be known to judge slots after a moment, in milliseconds. */
export const lookBack = ({ schedule }: Expectation): number => 3 * Math.ceil(periodDays(schedule)) * DAY;

/**
 * @param runs since `lookBack` before `since`. @param since slots up to it are decided already.
 * @param isQuiet no run is expected at these slots.
 */
export function judge(
  expectation: Expectation,
  runs: readonly SeenRun[],
  { since, now, isQuiet }: { since: number; now: number; isQuiet: IsQuiet },
): Judgement {
  const planned = slotsAround(expectation, since, now);
  const hits = collapse(runs, smallestGap(planned));
  const slots = planned.filter((slot) => !isQuiet(slot) || hits.some((hit) => isOnTime(expectation, slot, hit)));
  const came = assign(slots, hits, judging, DAY);
  const missed: Slot[] = [];
  let until = since;
  for (const slot of slots) {
    if (slot.at <= since) continue;
    if (deadlineOf(expectation, slot) > now) break;
    until = slot.at;
    if (!came.has(slot) && !isQuiet(slot)) missed.push(slot);
  }
  return { missed, until };
}

const EARLY = 2 * HOUR;

/** A job that runs on holidays too did what it was told; a run at another time was started for one that was missed, or is to come. */
const isOnTime = ({ allowedMinutes }: Expectation, slot: Slot, { at }: Hit): boolean =>
  at >= slot.at - EARLY && at <= slot.lateFrom + allowedMinutes * MINUTE;

/** @returns whether a slot became overdue; cheaper than to judge, and without a run in memory. */
export function isDue(expectation: Expectation, since: number, now: number): boolean {
  const [next] = slotsBetween(expectation.schedule, expectation.clock, since + 1, now + 1);
  return next !== undefined && deadlineOf(expectation, next) <= now;
}

/** @returns the next slots after a moment. */
export function nextSlots({ schedule, clock }: Expectation, after: number, count: number): Slot[] {
  const span = (count + 1) * Math.ceil(Math.max(1, periodDays(schedule))) * DAY;
  // A month without the day has no slot: looked for over two years at most.
  for (const reach of [span, 2 * span, 800 * DAY]) {
    const found = slotsBetween(schedule, clock, after + 1, after + reach);
    if (found.length >= count || reach === 800 * DAY) return found.slice(0, count);
  }
  return [];
}

/** A missed run that was told before; moments in milliseconds since the epoch. */
export type Told = { id: string; date: string; index: number; at: number };

/**
 * @param expectation as it is now; null where nothing is expected any more.
 * @param runs around the missed ones. @param isNew whether a run just came: what came before a missed one was no early run then, and is
 *   none now. One that came after it may have been taken for the next one, until that came too.
 * @returns by the id of the missed run, the run that came for it.
 */
export function cameLate(
  expectation: Expectation | null,
  told: readonly Told[],
  runs: readonly SeenRun[],
  { now, isNew }: { now: number; isNew: (runId: string) => boolean },
): Map<string, string> {
  if (told.length === 0) return new Map();
  const first = Math.min(...told.map(({ at }) => at));
  const planned = expectation ? slotsAround(expectation, first, now) : [];
  const toldSlots = told.map((one) => ({ ...one, lateFrom: one.at, extraMinutes: 0, minute: -1 }));
  // The slot as it was told then stands for the slot as it would be now.
  const kept = planned.filter(({ date, index }) => !told.some((one) => one.date === date && one.index === index));
  const slots: Slot[] = [...kept, ...toldSlots].sort((a, b) => a.at - b.at);
  // Without a schedule nobody knows where the next run would have been.
  const limits = expectation ? judging : { ...judging, mostLate: DAY };
  const came = assign(slots, collapse(runs, smallestGap(planned)), limits, DAY);
  return new Map(
    toldSlots.flatMap((slot) => {
      const hit = came.get(slot);
      return hit && (isNew(hit.runId) || hit.at > slot.at) ? [[slot.id, hit.runId] as const] : [];
    }),
  );
}

/** @returns the slot nearest to a moment, when it is no further than half the gap to the next one. */
export function slotNear(expectation: Expectation, at: number): Slot | null {
  const slots = slotsAround(expectation, at, at);
  const [nearest] = [...slots].sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
  const gap = smallestGap(slots) ?? DAY;
  return nearest && Math.abs(nearest.at - at) <= gap / 2 ? nearest : null;
}

function slotsAround({ schedule, clock }: Expectation, since: number, now: number): Slot[] {
  const period = Math.ceil(Math.max(1, periodDays(schedule))) * DAY;
  return slotsBetween(schedule, clock, since - 2 * period, now + 1.5 * period);
}

const smallestGap = (slots: readonly Slot[]): number | undefined =>
  slots.length > 1 ? Math.min(...slots.slice(1).map(({ at }, i) => at - (slots[i]?.at ?? 0))) : undefined;
