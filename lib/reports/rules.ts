import { type Counts, totalOf } from "../statuses";

/** Periods and rates of reports. Days are written "2026-11-21" and are days of the account's time zone. Pure: for both sides. */

export type Period = { from: string; to: string };

export const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

/** @returns the period of a saved report: so many days, the last of which is yesterday. */
export const periodOf = (days: number, today: string): Period => ({
  from: shifted(today, -days),
  to: shifted(today, -1),
});

/** @returns the periods people ask for most, with their names. */
export function presets(today: string): (Period & { label: string })[] {
  const lastOfMonth = shifted(`${today.slice(0, 7)}-01`, -1);
  return [
    { label: "Last 7 days", ...periodOf(7, today) },
    { label: "Last 30 days", ...periodOf(30, today) },
    { label: "Last month", from: `${lastOfMonth.slice(0, 7)}-01`, to: lastOfMonth },
  ];
}

/** @returns the period, or the sentence that says what is wrong with it. */
export function readPeriod(from: string, to: string): Period | string {
  if (!isDay(from) || !isDay(to)) return "Choose the first and the last day.";
  if (from > to) return "The first day lies after the last.";
  if (daysOf({ from, to }).length > LONGEST_DAYS) return `Choose at most ${LONGEST_DAYS} days.`;
  return { from, to };
}

/** @returns every day of a period, first to last; at most one more than the longest. */
export function daysOf({ from, to }: Period): string[] {
  const count = Math.min((Date.parse(to) - Date.parse(from)) / DAY_MS, LONGEST_DAYS) + 1;
  return Array.from({ length: count }, (_, index) => shifted(from, index));
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && text > "1990" && shifted(text, 0) === text;
}

function shifted(day: string, days: number): string {
  const at = Date.parse(day) + days * DAY_MS;
  return Number.isNaN(at) ? "" : new Date(at).toISOString().slice(0, 10);
}

type About = { customerId: string | null; customer: string | null };

/** @returns whether a report is about a customer that the person may not know of. */
export const isAboutOther = ({ customerId, customer }: About): boolean => customerId !== null && customer === null;

/** @returns what a report is about: "Acme Ltd". */
export const subjectOf = (report: About): string =>
  isAboutOther(report) ? "A customer outside your role" : (report.customer ?? "All customers");

/** @returns the share of successes as "98.7 %", a dash without runs; never "100 %" unless all succeeded. */
export function rateOf(counts: Counts): string {
  const total = totalOf(counts);
  if (total === 0) return "–";
  return `${(Math.floor((counts.success / total) * 1000) / 10).toFixed(counts.success === total ? 0 : 1)} %`;
}
