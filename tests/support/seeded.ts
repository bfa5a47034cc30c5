/** Numbers that look random and are the same for the same seed. @returns a source of numbers from 0 (included) to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @returns one of them. */
export function oneOf<T>(next: () => number, many: readonly T[]): T {
  const chosen = many[Math.floor(next() * many.length)];
  if (chosen === undefined) throw new Error("There is nothing to choose from.");
  return chosen;
}
