import { type DayMode, type DayRun, dayStatus } from "../days/rules";
import type { RunStatus } from "../statuses";

/** How the history of a job is shown. Pure: for both sides. */

export type PastRun = DayRun & { day: string; sizeBytes: number | null; durationSeconds: number | null };
export type HistoryDay = { label: string; values: Partial<Record<RunStatus, number>>; runs: DayRun[] };

export const HISTORY_DAYS = 60;
const TREND_RUNS = 30;

/** @param today "2026-11-21". @returns the days up to today, oldest first, each with how many runs ended how. */
export function historyDays(past: readonly PastRun[], today: string): HistoryDay[] {
  const days = new Map(lastDays(today).map((label): [string, HistoryDay] => [label, { label, values: {}, runs: [] }]));
  for (const run of past) {
    const day = days.get(run.day);
    day?.runs.push(run);
    if (day) day.values[run.status] = (day.values[run.status] ?? 0) + 1;
  }
  return [...days.values()];
}

/** @returns the status that a day is remembered by ("none" without a run), and its label with what that does not tell. */
export function markOf({ label, runs }: HistoryDay, mode: DayMode): { label: string; status: RunStatus | "none" } {
  const shown = dayStatus(runs, mode);
  return { label: shown?.note ? `${label} (${shown.note})` : label, status: shown?.status ?? "none" };
}

/** @returns whether one mark a day tells everything: the job does not run more than once a day. */
export const runsOnceADay = (days: readonly HistoryDay[]): boolean =>
  days.every(({ values }) => Object.values(values).reduce((sum, count) => sum + count, 0) <= 1);

/** @param past oldest first. @returns the latest values that are known, oldest first. */
export function trendOf(past: readonly PastRun[], field: "sizeBytes" | "durationSeconds"): number[] {
  return past.flatMap((run) => run[field] ?? []).slice(-TREND_RUNS);
}

/** "software|host|job name|job type", as the mails of a job are known by. */
export function keyInWords(matchKey: string): string {
  const [software, host, name, type] = matchKey.split("|");
  const told = [
    ["Software", software],
    ["host", host],
    ["job", name],
    ["type", type],
  ].filter(([, value]) => value);
  return told.map(([label, value]) => `${label} "${value}"`).join(", ");
}

function lastDays(today: string): string[] {
  const end = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: HISTORY_DAYS }, (_, index) =>
    new Date(end - (HISTORY_DAYS - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}
