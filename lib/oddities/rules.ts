import { formatBytes, formatCount, formatDuration } from "../format";
import type { RunStatus } from "../statuses";

/** What is odd about a run although it may be a success (mails.md 4.6, additional rules). Pure: for both sides. */

export type Oddity = {
  kind: "size-drop" | "size-growth" | "slow" | "empty" | "objects-gone" | "objects-new" | "failing";
  /** In words and numbers, for people: "12 GiB, usually 48 GiB to 52 GiB." */
  text: string;
};

/** What the rules look at; `status` is what was said, whatever an override makes of it. */
export type Observed = {
  status: RunStatus;
  sizeBytes: number | null;
  transferredBytes: number | null;
  durationSeconds: number | null;
};

/** How the objects of a run differ from those of the runs before it. Of many names only the first few are given. */
export type ObjectChange = { gone: string[]; goneCount: number; added: string[]; addedCount: number };

/** With fewer comparable runs nobody knows what is usual. */
export const LEAST = 5;
/** So many runs are looked back at. */
export const LOOK_BACK = 30;
const MEDIAN_OF = 10;
const ROW_OF_FAILURES = 3;
const SHORTEST_DIFFERENCE_SECONDS = 60;

/** Runs that did what they were for: others say nothing about size and duration. */
export const isComparable = ({ status }: Pick<Observed, "status">): boolean =>
  status === "success" || status === "warning";

/** @param past the runs of the job before it, latest first, at most LOOK_BACK. @returns what is odd, the gravest first. */
export function findOddities(run: Observed, past: readonly Observed[], objects: ObjectChange | null): Oddity[] {
  if (!isComparable(run)) return failing(run, past);
  const comparable = past.filter(isComparable);
  if (comparable.length < LEAST) return [];
  const empty = emptyRun(run, comparable);
  return [...empty, ...(empty.length > 0 ? [] : sizes(run, comparable)), ...slow(run, comparable), ...changed(objects)];
}

function failing(run: Observed, past: readonly Observed[]): Oddity[] {
  if (run.status !== "failed") return [];
  const told = past.filter(({ status }) => status !== "missed");
  const before = told.findIndex(({ status }) => status !== "failed");
  const row = 1 + (before === -1 ? told.length : before);
  if (row < ROW_OF_FAILURES) return [];
  const count = before === -1 && past.length >= LOOK_BACK ? `more than ${LOOK_BACK}` : row;
  return [{ kind: "failing", text: `Failed ${count} times in a row.` }];
}

/** Hardly begun, and nothing kept. */
function emptyRun(run: Observed, past: readonly Observed[]): Oddity[] {
  const durations = known(past, "durationSeconds");
  const isEmpty = run.sizeBytes === 0 || (run.sizeBytes === null && run.transferredBytes === 0);
  if (!isEmpty || run.durationSeconds === null || durations.length < LEAST) return [];
  if (run.durationSeconds >= median(durations.slice(0, MEDIAN_OF)) * 0.1) return [];
  return [
    {
      kind: "empty",
      text: `Nothing in ${formatDuration(run.durationSeconds)}, usually ${usual(durations, formatDuration)}.`,
    },
  ];
}

function sizes(run: Observed, past: readonly Observed[]): Oddity[] {
  const before = known(past, "sizeBytes");
  const { sizeBytes } = run;
  if (sizeBytes === null || before.length < LEAST || isRegular(sizeBytes, before)) return [];
  const middle = median(before.slice(0, MEDIAN_OF));
  const text = `${formatBytes(sizeBytes)}, usually ${usual(before, formatBytes)}.`;
  if (sizeBytes < middle * 0.5) return [{ kind: "size-drop", text }];
  return middle > 0 && sizeBytes > middle * 3 ? [{ kind: "size-growth", text }] : [];
}

/** Like two of the last runs: a weekly full backup between the small ones of the days. */
const isRegular = (value: number, before: readonly number[]): boolean =>
  before.filter((one) => Math.abs(one - value) <= value * 0.25).length >= 2;

function slow(run: Observed, past: readonly Observed[]): Oddity[] {
  const before = known(past, "durationSeconds");
  const { durationSeconds } = run;
  if (durationSeconds === null || before.length < LEAST) return [];
  const longest = percentile(before, 0.95);
  if (durationSeconds <= longest * 2 || durationSeconds - longest < SHORTEST_DIFFERENCE_SECONDS) return [];
  return [{ kind: "slow", text: `Took ${formatDuration(durationSeconds)}, usually ${usual(before, formatDuration)}.` }];
}

function changed(objects: ObjectChange | null): Oddity[] {
  if (!objects) return [];
  const { gone, goneCount, added, addedCount } = objects;
  const found: Oddity[] = [];
  if (goneCount > 0)
    found.push({
      kind: "objects-gone",
      text: `${formatCount(goneCount, "object")} missing: ${names(gone, goneCount)}.`,
    });
  if (addedCount > 0)
    found.push({ kind: "objects-new", text: `${formatCount(addedCount, "new object")}: ${names(added, addedCount)}.` });
  return found;
}

const names = (some: readonly string[], count: number): string =>
  some.join(", ") + (count > some.length ? ` and ${(count - some.length).toLocaleString("en")} more` : "");

const known = (runs: readonly Observed[], field: "sizeBytes" | "durationSeconds"): number[] =>
  runs.flatMap((run) => run[field] ?? []);

/** The range without the lowest and highest fifth of the latest, e.g. "48 GiB to 52 GiB". */
function usual(values: readonly number[], format: (value: number) => string): string {
  const latest = values.slice(0, MEDIAN_OF);
  const [from, to] = [format(percentile(latest, 0.2)), format(percentile(latest, 0.8))];
  return from === to ? from : `${from} to ${to}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}

/** Nearest rank. @param part 0 to 1. */
function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
