import { v7 } from "uuid";

/** A source of chance that gives the same values at every run. */
export type Random = {
  /** From 0 to below 1. */
  next: () => number;
  /** A whole number, both ends included. */
  int: (from: number, to: number) => number;
  chance: (share: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
  /** A UUID of version 7 that sorts by `atMs`, milliseconds since 1970. */
  id: (atMs: number) => string;
};

/** @returns a generator (mulberry32) that depends on the seed alone. */
export function seeded(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: (list) => {
      const chosen = list[int(0, list.length - 1)];
      if (chosen === undefined) throw new Error("Nothing to pick from.");
      return chosen;
    },
    id: (atMs) => v7({ msecs: atMs, random: Uint8Array.from({ length: 16 }, () => int(0, 255)) }),
  };
}
