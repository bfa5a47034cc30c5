import { DAY, type Hit, MINUTE, type Slot } from "./types";

/** Which run belongs to which slot. Pure. */

export type Limits = {
  /** How much earlier than its slot a run may be, of the gap to the slot before, and in milliseconds at most. */
  early: number;
  mostEarly: number;
  /** How much later, of the gap to the slot after. */
  late: number;
  mostLate: number;
  /** So many times as far off as one that is late is one that is early. */
  earlyWeight: number;
};

/**
 * For judging: a run may be half a gap early, but not days, and a whole gap late: whoever starts last night's backup in the afternoon
 * did last night's, not tonight's.
 */
export const judging: Limits = {
  ...{ early: 0.5, mostEarly: 1.5 * DAY, late: 1, mostLate: Number.POSITIVE_INFINITY, earlyWeight: 2 },
};

const [SKIP_SLOT, SKIP_HIT, MATCH] = [1, 2, 3];

/**
 * Gives each run to at most one slot and each slot at most one run, in order, so that much is matched and little is off: a match is worth
 * the gap to the next slot less what the run is off.
 * @param slots @param hits each in order. @param fallbackGap milliseconds; stands for the gap where there is no other slot.
 * @returns the run of each slot that has one.
 */
export function assign(
  slots: readonly Slot[],
  hits: readonly Hit[],
  limits: Limits,
  fallbackGap: number,
): Map<Slot, Hit> {
  const width = hits.length + 1;
  const best = new Float64Array((slots.length + 1) * width);
  const moves = new Uint8Array(best.length);
  for (let s = 1; s <= slots.length; s++) {
    for (let h = 1; h < width; h++) {
      const [here, noSlot, noHit] = [s * width + h, (s - 1) * width + h, s * width + h - 1];
      const takesSlot = (best[noSlot] ?? 0) >= (best[noHit] ?? 0);
      best[here] = Math.max(best[noSlot] ?? 0, best[noHit] ?? 0);
      moves[here] = takesSlot ? SKIP_SLOT : SKIP_HIT;
      const worth = worthOf(slots, s - 1, hits[h - 1]?.at ?? 0, limits, fallbackGap);
      if (worth === null || (best[(s - 1) * width + h - 1] ?? 0) + worth <= (best[here] ?? 0)) continue;
      best[here] = (best[(s - 1) * width + h - 1] ?? 0) + worth;
      moves[here] = MATCH;
    }
  }
  return readBack(slots, hits, moves, width);
}

/** @returns null for a run that cannot be the one of this slot. */
function worthOf(slots: readonly Slot[], i: number, at: number, limits: Limits, fallbackGap: number): number | null {
  const slot = slots[i] as Slot;
  const off = at - slot.at;
  const [before, after] = [slots[i - 1], slots[i + 1]];
  const late = after ? after.at - slot.at : before ? slot.at - before.at : fallbackGap;
  if (off >= 0) {
    const repeated = slot.lateFrom - slot.at;
    if (off >= Math.min(late * limits.late, limits.mostLate) + repeated) return null;
    // Between the two times that a clock shows the same hour, every moment is on time.
    return (late - Math.max(0, off - repeated)) / MINUTE;
  }
  const early = before ? slot.at - before.at : late;
  if (-off > Math.min(early * limits.early, limits.mostEarly)) return null;
  return (late + off * limits.earlyWeight) / MINUTE;
}

function readBack(slots: readonly Slot[], hits: readonly Hit[], moves: Uint8Array, width: number): Map<Slot, Hit> {
  const found = new Map<Slot, Hit>();
  for (let s = slots.length, h = hits.length; s > 0 && h > 0; ) {
    const move = moves[s * width + h];
    const [slot, hit] = [slots[s - 1], hits[h - 1]];
    if (move === MATCH && slot && hit) found.set(slot, hit);
    if (move !== SKIP_HIT) s--;
    if (move !== SKIP_SLOT) h--;
  }
  return found;
}
