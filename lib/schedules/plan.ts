import type { MonthDay, Schedule } from "./types";

/** Schedules by hand. Pure: for both sides. */

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
export const MOST_TIMES = 24;

/** @returns what is wrong with a schedule that somebody enters, in words, or null. */
export function planProblem(plan: Schedule): string | null {
  if (plan.kind === "interval") {
    if (!isWhole(plan.hours, 1, 720)) return "Enter the hours as a whole number, 1 to 720.";
    return Number.isNaN(Date.parse(plan.anchor)) ? "Enter when it runs first." : null;
  }
  const times = plan.kind === "weekly" ? plan.at.map(({ time }) => time) : plan.times;
  if (times.length === 0) return "Add a time.";
  if (times.length > MOST_TIMES) return `At most ${MOST_TIMES} times.`;
  if (times.some((time) => !TIME.test(time))) return "Enter each time, like 22:00.";
  if (plan.kind === "weekly")
    return plan.at.some(({ weekdays }) => weekdays.length === 0) ? "Choose at least one day for each time." : null;
  if (new Set(times).size < times.length) return "A time stands there twice.";
  if (plan.kind === "monthly")
    return plan.on.length === 0 || plan.on.some(isWrongDay) ? "Choose a day of the month." : null;
  if (!isWhole(plan.days, 1, 400)) return "Enter the days or weeks as a whole number.";
  return isDate(plan.anchor) ? null : "Enter a day on which it runs.";
}

function isWrongDay(on: MonthDay): boolean {
  if ("day" in on) return !isWhole(on.day, 1, 31);
  return !("last" in on) && !(isWhole(on.weekday, 1, 7) && (on.nth === -1 || isWhole(on.nth, 1, 5)));
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function isDate(text: string): boolean {
  const at = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // A day that the month does not have would roll over.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** @returns the schedule in one order, without what stands there twice: equal schedules are equal texts. */
export function tidyPlan(plan: Schedule): Schedule {
  if (plan.kind === "interval")
    return { kind: "interval", hours: plan.hours, anchor: new Date(plan.anchor).toISOString() };
  if (plan.kind === "weekly") {
    const days = new Map<string, Set<number>>();
    for (const { time, weekdays } of plan.at) days.set(time, new Set([...(days.get(time) ?? []), ...weekdays]));
    const at = [...days].map(([time, weekdays]) => ({ time, weekdays: [...weekdays].sort((a, b) => a - b) }));
    return { kind: "weekly", at: at.sort((a, b) => a.time.localeCompare(b.time)) };
  }
  const times = [...plan.times].sort();
  if (plan.kind === "every") return { kind: "every", days: plan.days, anchor: plan.anchor, times };
  return { kind: "monthly", on: [...new Map(plan.on.map((on) => [JSON.stringify(on), on])).values()], times };
}
