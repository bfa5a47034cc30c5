import { DAY, type Hit, type Slot } from "./types";

/** Which run belongs to which slot. Pure. */

export type Limits = {
  /** How much earlier than its slot a run may be, of the gap to the slot before, and in milliseconds at most. */
  early: number;
  mostEarly: number;
  /** How much later, of the gap to the slot after. */
  late: number;
  mostLate: number;
};

/**
 * For judging: a run may be half a gap early, but not days, and a whole gap late, for the nearest slot that has none: whoever starts
 * last night's backup in the afternoon did last night's.
 */
export const judging: Limits = { early: 0.5, mostEarly: 1.5 * DAY, late: 1, mostLate: Number.POSITIVE_INFINITY };

/**
 * Gives each run to at most one slot and each slot at most one run, the nearest pairs first.
 * @param slots in order. @param fallbackGap milliseconds; stands for the gap where there is no other slot.
 * @returns the run of each slot that has one.
 */
export function assign(
  slots: readonly Slot[],
  hits: readonly Hit[],
  limits: Limits,
  fallbackGap: number,
): Map<Slot, Hit> {
  const pairs: { slot: Slot; hit: Hit; distance: number }[] = [];
  for (const hit of hits) {
    const next = firstAfter(slots, hit.at);
    for (const i of [next - 2, next - 1, next, next + 1]) {
      const slot = slots[i];
      if (!slot) continue;
      const before = gap(slots[i - 1], slot) ?? gap(slot, slots[i + 1]) ?? fallbackGap;
      const after = gap(slot, slots[i + 1]) ?? gap(slots[i - 1], slot) ?? fallbackGap;
      const [early, late] = [
        Math.min(before * limits.early, limits.mostEarly),
        Math.min(after * limits.late, limits.mostLate) + (slot.lateFrom - slot.at),
      ];
      const off = hit.at - slot.at;
      if (off >= -early && off < late) pairs.push({ slot, hit, distance: distanceTo(slot, hit.at) });
    }
  }
  pairs.sort((a, b) => a.distance - b.distance || a.slot.at - b.slot.at || a.hit.at - b.hit.at);
  const found = new Map<Slot, Hit>();
  const used = new Set<Hit>();
  for (const { slot, hit } of pairs) {
    if (found.has(slot) || used.has(hit)) continue;
    found.set(slot, hit);
    used.add(hit);
  }
  return found;
}

/** Between the two times that a clock shows the same hour, every moment is on time. */
function distanceTo({ at, lateFrom }: Slot, moment: number): number {
  if (moment < at) return at - moment;
  return Math.max(0, moment - lateFrom);
}

const gap = (a: Slot | undefined, b: Slot | undefined): number | undefined => (a && b ? b.at - a.at : undefined);

/** @returns the index of the first slot later than a moment. */
function firstAfter(slots: readonly Slot[], moment: number): number {
  let [low, high] = [0, slots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle]?.at ?? 0) > moment) high = middle;
    else low = middle + 1;
  }
  return low;
}
