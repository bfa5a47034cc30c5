"use client";

/** Whoever leaves Run Checks to make a ticket or an override of a run comes back to that run, in the list as it was. */
const RUN = "run-checks-left-at";
const LIST = "run-checks-left-list";

export function leaveAt(runId: string): void {
  sessionStorage.setItem(RUN, runId);
  sessionStorage.setItem(LIST, window.location.search);
}

/** @returns the address of the list that was left at this run in this browser tab, or null when nobody came from there. */
export const wayBack = (runId: string | null): string | null =>
  runId !== null && sessionStorage.getItem(RUN) === runId ? `/run-checks${sessionStorage.getItem(LIST) ?? ""}` : null;

/** @returns the run at which the list was left, once. */
export function comeBack(): string | null {
  const id = sessionStorage.getItem(RUN);
  sessionStorage.removeItem(RUN);
  return id;
}
