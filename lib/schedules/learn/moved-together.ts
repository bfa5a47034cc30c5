import { slotsBetween } from "../slots";
import { DAY, type Hit, MINUTE, type Schedule, type Slot } from "../types";
import { minuteOf } from "../zones";
import { moveTimes } from "./move-times";
import { scoreOf } from "./score";

/** A job that runs several times a day, and was moved as a whole. Pure. */

const IN_A_ROW = 3;
const CLOSE_MINUTES = 60;

type Moved = { schedule: Schedule; hits: readonly Hit[] };

/**
 * By how much all times were moved tells how the runs follow each other: looked at one by one, each time may seem to be moved to another
 * one. None of the latest runs, as many as there are times a day, was near a known time, and all are near one when all are moved alike.
 * @param tolerance minutes from a known time. @returns the moved schedule and the runs that say so, or null.
 */
export function movedTogether(
  schedule: Schedule,
  clock: string,
  hits: readonly Hit[],
  tolerance: number,
): Moved | null {
  if (schedule.kind === "interval") return null;
  const times = new Set(
    (schedule.kind === "weekly" ? schedule.at.map(({ time }) => time) : schedule.times).map(minuteOf),
  );
  const lately = hits.slice(-Math.max(IN_A_ROW, times.size));
  const [first, last] = [lately[0]?.at, lately.at(-1)?.at];
  if (times.size < 2 || lately.length < IN_A_ROW || first === undefined || last === undefined) return null;
  const known = slotsBetween(schedule, clock, first - DAY / 2, last + DAY / 2);
  if (lately.some(({ at }) => known.some((slot) => Math.abs(offOf(slot, at)) <= tolerance))) return null;
  const by = known.map((slot) => Math.round(offOf(slot, first))).filter((off) => Math.abs(off) <= 720);
  for (const off of by.sort((a, b) => Math.abs(a) - Math.abs(b))) {
    const moved = moveTimes(schedule, new Map([...times].map((minute) => [minute, off])));
    const { contradictions, matched } = scoreOf(moved, clock, lately, () => false);
    const areClose = matched.every(({ slot, hit }) => Math.abs(offOf(slot, hit.at)) <= CLOSE_MINUTES);
    if (contradictions === 0 && areClose) return { schedule: moved, hits: lately };
  }
  return null;
}

const offOf = (slot: Slot, at: number): number => (at - slot.at) / MINUTE;
