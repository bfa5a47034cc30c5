import { assign, type Limits } from "../assign";
import { slotsBetween } from "../slots";
import { DAY, type Hit, HOUR, type Schedule, type Slot } from "../types";

/** How well a schedule explains what was seen. Pure. */

export type Score = {
  /** Of the expected runs so many came; of the runs so many were expected: shares. */
  recall: number;
  precision: number;
  expected: number;
  hits: number;
  matched: { slot: Slot; hit: Hit }[];
  /** Expected runs that did not come, and runs that were not expected. */
  contradictions: number;
};

/** No run is expected on these days (holidays) or at these moments (maintenance, a pause). */
export type IsQuiet = (slot: Slot) => boolean;
export const neverQuiet: IsQuiet = () => false;

/** Learning is stricter than judging: a run far away from a slot is no sign of it. */
const learning: Limits = { early: 0.5, mostEarly: 12 * HOUR, late: 0.5, mostLate: 12 * HOUR, earlyWeight: 1 };
const ENOUGH = 0.85;

/** Between the first hit and the last: what has not come since the last one says nothing about the schedule. */
export function scoreOf(schedule: Schedule, zone: string, hits: readonly Hit[], isQuiet: IsQuiet): Score {
  const [first, last] = [hits[0]?.at ?? 0, hits.at(-1)?.at ?? 0];
  const around = slotsBetween(schedule, zone, first - DAY / 2, last + DAY / 2).filter((slot) => !isQuiet(slot));
  const found = assign(around, hits, learning, DAY);
  const matched = [...found].map(([slot, hit]) => ({ slot, hit })).sort((a, b) => a.slot.at - b.slot.at);
  const [from, to] = [matched[0]?.slot.at ?? 0, matched.at(-1)?.slot.at ?? 0];
  const expected = around.filter(({ at }) => at >= from && at <= to).length;
  return {
    recall: expected > 0 ? matched.length / expected : 0,
    precision: hits.length > 0 ? matched.length / hits.length : 0,
    expected,
    hits: hits.length,
    matched,
    contradictions: expected + hits.length - 2 * matched.length,
  };
}

export const isGood = ({ recall, precision }: Score): boolean => recall >= ENOUGH && precision >= ENOUGH;
