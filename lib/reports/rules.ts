import { type Counts, totalOf } from "../statuses";
import type { Asked, ReportFilters, ReportKind, ReportPeriod, ReportSchedule } from "./types";

/** Periods and rates of reports. Days are written "2026-11-21" and are days of the account's time zone. Pure: for both sides. */

export type Period = { from: string; to: string };

export const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

export const kindLabels: Record<ReportKind, string> = {
  full: "Everything",
  results: "Results",
  calendar: "Calendar",
  missed: "Missed runs",
  reviews: "Reviews",
  tickets: "Tickets",
  storage: "Storage",
};

export const periodLabels: Record<ReportPeriod, string> = {
  days: "Last days",
  "last-week": "Last week",
  "last-month": "Last month",
  "this-month": "This month until yesterday",
};

/** @returns what a saved report counts, in words: "Last 30 days", "Last month". */
export const periodInWords = ({ period, days }: { period: ReportPeriod; days: number }): string =>
  period === "days" ? `Last ${days === 1 ? "day" : `${days} days`}` : periodLabels[period];

/** @returns the period of so many days, the last of which is yesterday. */
export const periodOf = (days: number, today: string): Period => ({
  from: shifted(today, -days),
  to: shifted(today, -1),
});

/** @returns the days that a saved report is about today. On the first of a month "this month" is the last one. */
export function savedPeriod({ period, days }: { period: ReportPeriod; days: number }, today: string): Period {
  if (period === "days") return periodOf(days, today);
  if (period === "last-week") {
    const monday = shifted(today, -((weekday(today) + 6) % 7));
    return { from: shifted(monday, -7), to: shifted(monday, -1) };
  }
  const yesterday = shifted(today, -1);
  if (period === "this-month") return { from: `${yesterday.slice(0, 7)}-01`, to: yesterday };
  const lastOfMonth = shifted(`${today.slice(0, 7)}-01`, -1);
  return { from: `${lastOfMonth.slice(0, 7)}-01`, to: lastOfMonth };
}

/** @returns the periods people ask for most, with their names. */
export const presets = (today: string): (Period & { label: string })[] => [
  { label: "Last 7 days", ...periodOf(7, today) },
  { label: "Last 30 days", ...periodOf(30, today) },
  { label: "Last month", ...savedPeriod({ period: "last-month", days: 0 }, today) },
];

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

/** @returns the day so many days later. */
export function shifted(day: string, days: number): string {
  const at = Date.parse(day) + days * DAY_MS;
  return Number.isNaN(at) ? "" : new Date(at).toISOString().slice(0, 10);
}

/** @returns 0 for Sunday to 6 for Saturday. */
export const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

type About = { customerId: string | null; customer: string | null };
type Limited = About & { filters: ReportFilters; group: string | null; type: string | null };

/** @returns whether a report is about a customer that the person may not know of. */
export const isAboutOther = ({ customerId, customer }: About): boolean => customerId !== null && customer === null;

/** @returns what a report is about: "Acme Ltd, NAS". */
export const subjectOf = (report: Limited): string => inWords(report, "outside your role");

type Named = { id: string; name: string };

/** @returns what an asked report is about: "Acme Ltd, NAS". */
export function aboutInWords(
  { customerId, filters }: Pick<Asked, "customerId" | "filters">,
  choices: { customers: readonly Named[]; groups: readonly Named[]; types: readonly Named[] },
): string {
  const nameIn = (among: readonly Named[], id: string | null | undefined) =>
    among.find((one) => one.id === id)?.name ?? null;
  const [customer, group] = [nameIn(choices.customers, customerId), nameIn(choices.groups, filters.groupId)];
  const type = nameIn(choices.types, filters.typeId);
  return inWords({ customerId, customer, filters, group, type }, "without jobs to report on");
}

/** @param unnamed what is said of something that has no name here. */
function inWords({ customerId, customer, filters, group, type }: Limited, unnamed: string): string {
  const parts = [
    customerId === null ? "All customers" : (customer ?? `A customer ${unnamed}`),
    filters.groupId && (group ?? `a group ${unnamed}`),
    filters.typeId && (type ?? `a resource type ${unnamed}`),
    filters.software,
  ];
  return parts.filter(Boolean).join(", ");
}

/** @returns the share of successes as "98.7 %", a dash without runs; never "100 %" unless all succeeded. */
export function rateOf(counts: Counts): string {
  const total = totalOf(counts);
  if (total === 0) return "–";
  return `${(Math.floor((counts.success / total) * 1000) / 10).toFixed(counts.success === total ? 0 : 1)} %`;
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** @returns "Every Monday at 07:00 to 2 recipients". */
export function scheduleInWords({ every, weekday, dayOfMonth, time, recipients }: ReportSchedule): string {
  const when =
    every === "day"
      ? "Every day"
      : every === "week"
        ? `Every ${weekdays[weekday - 1]}`
        : `On day ${dayOfMonth} of each month`;
  return `${when} at ${time} to ${recipients.length === 1 ? recipients[0] : `${recipients.length} recipients`}`;
}

export const weekdayOptions = weekdays.map((label, index) => ({ value: String(index + 1), label }));
