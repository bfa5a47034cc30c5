import type { Outcome } from "./types";

const EVERY = 45;

/** @returns the outcomes, a few successes of which are much too small or lack a machine: green, and worth a look all the same. */
export function makeSomeOdd<T extends Outcome>(outcomes: readonly T[]): T[] {
  let successes = 0;
  return outcomes.map((outcome) => {
    if (outcome.status !== "success") return outcome;
    successes++;
    if (successes % EVERY === 11) return resized(outcome, 0.22);
    return successes % EVERY === 31 && outcome.objects.length > 1
      ? { ...outcome, objects: outcome.objects.slice(1) }
      : outcome;
  });
}

function resized<T extends Outcome>(outcome: T, factor: number): T {
  const smaller = (bytes: number | null) => (bytes === null ? null : Math.round(bytes * factor));
  return {
    ...outcome,
    sizeBytes: Math.round(outcome.sizeBytes * factor),
    transferredBytes: Math.round(outcome.transferredBytes * factor),
    objects: outcome.objects.map((object) => ({ ...object, sizeBytes: smaller(object.sizeBytes) })),
  };
}
