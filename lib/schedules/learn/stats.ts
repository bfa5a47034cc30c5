/** Numbers that few outliers do not move. Pure. */

/** @param share 0.5 for the median. @returns 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (share === 0.5 && sorted.length > 0 && sorted.length % 2 === 0)
    return ((sorted[sorted.length / 2 - 1] ?? 0) + (sorted[sorted.length / 2] ?? 0)) / 2;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

const ROUND = 1440;
/** @returns how far a minute of the day lies after another on the shorter way round the clock: -720 to 720. */
export const clockDistance = (minute: number, from: number): number =>
  ((((minute - from + ROUND / 2) % ROUND) + ROUND) % ROUND) - ROUND / 2;

/** Sorts minutes of the day round the clock into groups that are further than `gap` minutes apart. */
export function clockGroups<T extends { minute: number }>(items: readonly T[], gap: number): T[][] {
  const sorted = [...items].sort((a, b) => a.minute - b.minute);
  const groups: T[][] = [];
  for (const item of sorted) {
    const before = groups.at(-1)?.at(-1);
    if (before && item.minute - before.minute <= gap) groups.at(-1)?.push(item);
    else groups.push([item]);
  }
  const [first, last] = [groups[0], groups.at(-1)];
  if (first && last && first !== last && (first[0]?.minute ?? 0) + ROUND - (last.at(-1)?.minute ?? 0) <= gap)
    return [[...last, ...first], ...groups.slice(1, -1)];
  return groups;
}

/** @returns the minute in the middle of all, across midnight too. */
export function clockMedian(items: readonly { minute: number }[]): number {
  const sorted = roundTheClock(items);
  const start = sorted[0]?.minute ?? 0;
  const after = sorted.map(({ minute }) => (((minute - start) % ROUND) + ROUND) % ROUND);
  return (((start + median(after)) % ROUND) + ROUND) % ROUND;
}

/** Begins behind the widest gap, so that what lies around midnight stays together. */
function roundTheClock<T extends { minute: number }>(items: readonly T[]): T[] {
  const sorted = [...items].sort((a, b) => a.minute - b.minute);
  const gaps = sorted.map(({ minute }, i) => minute - (sorted[i - 1]?.minute ?? (sorted.at(-1)?.minute ?? 0) - ROUND));
  const start = gaps.indexOf(Math.max(...gaps));
  return [...sorted.slice(start), ...sorted.slice(0, start)];
}
