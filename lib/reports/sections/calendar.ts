import { type RunStatus, statusLabels } from "../../statuses";
import type { JobDay } from "../data/days";
import { groupedBy } from "../grouped";
import { cutLine, most } from "../most";
import { daysOf, type Period } from "../rules";
import type { CalendarRow, Column, Row, Section } from "../types";

/** More columns do not fit on a page. */
const MOST_DAYS = 92;

/**
 * @param statusOf what a day shows whose runs ended differently: the account's setting.
 * @returns a row for each job that ran, a column for each day: of a long period the last 92.
 */
export function calendarOf(
  days: readonly JobDay[],
  period: Period,
  statusOf: (runs: JobDay["runs"]) => RunStatus | null,
): Section {
  const all = daysOf(period);
  const shown = all.slice(-MOST_DAYS);
  const rows = [...groupedBy(days, ({ jobId }) => jobId).values()].map((own) => calendarRow(own, shown, statusOf));
  const notes = [
    ...(all.length > shown.length ? [`The last ${MOST_DAYS} of ${all.length} days.`] : []),
    ...(days.length < most.days ? [] : ["Not all jobs are in it: choose fewer days, or a customer."]),
  ];
  return { kind: "calendar", title: "Day by day", note: notes.join(" "), days: shown, rows };
}

function calendarRow(
  own: readonly JobDay[],
  shown: readonly string[],
  statusOf: (runs: JobDay["runs"]) => RunStatus | null,
): CalendarRow {
  const byDay = new Map(own.map(({ day, runs }) => [day, runs]));
  const { customer = "", job = "", jobId = "" } = own[0] ?? {};
  return { customer, job, jobId, days: shown.map((day) => statusOf(byDay.get(day) ?? [])) };
}

const fileColumns: Column[] = ["Customer", "Job", "Day", "Result", "Runs"].map((label) => ({ label, only: "file" }));

/** @returns the same as a table for files: a line for each job and day, also beyond what fits on a page. */
export function calendarLines(days: readonly JobDay[], statusOf: (runs: JobDay["runs"]) => RunStatus | null): Section {
  const rows = days.map(({ customer, job, day, runs }): Row => {
    const status = statusOf(runs);
    const result = status ? statusLabels[status].toLowerCase() : "";
    return { cells: [customer, job, day, result, String(runs.length)].map((text) => ({ text })) };
  });
  return {
    kind: "table",
    title: "Days",
    columns: fileColumns,
    rows: [...rows, ...cutLine(rows.length, "days")],
    empty: "",
  };
}
