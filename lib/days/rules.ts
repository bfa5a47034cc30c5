import { type RunStatus, statusOrder } from "../statuses";

/** Which status a day shows of which the runs of one job ended differently (mails.md 4.6). Pure: for both sides. */

export const dayModes = ["last-attempt", "mixed", "last", "worst", "best"] as const;
export type DayMode = (typeof dayModes)[number];

export const dayModeLabels: Record<DayMode, string> = {
  "last-attempt": "The worst of the last attempts: a failure that was repeated with success counts as success",
  mixed: "Warning, when some runs succeeded and others did not",
  last: "The last run",
  worst: "The worst run",
  best: "The best run",
};

/** A run of one job. `status`: what it counts as. */
export type DayRun = {
  status: RunStatus;
  ranAt: Date | string;
  /** A missed run whose mail came after all: the run of that mail says how it ended. */
  cameLate?: boolean;
  /** A missed run that is not believed yet, as its source was silent. */
  isSuspected?: boolean;
};

/** `note`: what the status does not tell, for people; null when it tells all. */
export type DayStatus = { status: RunStatus; note: string | null };

/** A run so soon after one that did not succeed is another attempt at the same. */
const RETRY_MS = 3 * 3_600_000;

/** @param runs of one job on one day, in any order. @returns null for a day without a run. */
export function dayStatus(runs: readonly DayRun[], mode: DayMode): DayStatus | null {
  const told = runs
    .filter(({ cameLate }) => !cameLate)
    .map(({ status, ranAt, isSuspected }) => ({ status: believed(status, isSuspected), at: new Date(ranAt).getTime() }))
    .sort((a, b) => a.at - b.at);
  const all = told.map(({ status }) => status);
  const status = statusIn(mode, told);
  return status && { status, note: noteOf(status, all) };
}

/** @returns the worst of some statuses, e.g. of the days of many jobs; null of none. */
export const worstStatus = (statuses: readonly RunStatus[]): RunStatus | null =>
  statusOrder.find((status) => statuses.includes(status)) ?? null;

/** Whether it is missing nobody knows yet, and unknown is never green. */
const believed = (status: RunStatus, isSuspected = false): RunStatus =>
  isSuspected && status === "missed" ? "unknown" : status;

type Told = { status: RunStatus; at: number };

function statusIn(mode: DayMode, told: readonly Told[]): RunStatus | null {
  const all = told.map(({ status }) => status);
  const worst = worstStatus(all);
  if (mode === "last") return all.at(-1) ?? null;
  if (mode === "worst") return worst;
  if (mode === "best") return [...statusOrder].reverse().find((status) => all.includes(status)) ?? null;
  if (mode === "mixed") return all.includes("success") && worst !== "success" ? "warning" : worst;
  return worstStatus(lastAttempts(told));
}

/** Of runs that are attempts at the same, the last one; attempts follow each other until one succeeds. */
function lastAttempts(told: readonly Told[]): RunStatus[] {
  return told
    .filter(({ status, at }, i) => {
      const next = told[i + 1];
      return status === "success" || !next || next.at - at > RETRY_MS || next.status === "missed";
    })
    .map(({ status }) => status);
}

function noteOf(status: RunStatus, all: readonly RunStatus[]): string | null {
  const others = statusOrder
    .map((one) => [one, all.filter((other) => other === one).length] as const)
    .filter(([one, count]) => one !== status && count > 0);
  return others.length > 0 ? `also ${others.map(([one, count]) => `${count} ${one}`).join(", ")}` : null;
}
