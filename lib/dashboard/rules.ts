import { type Counts, statusOrder, sumOf, totalOf } from "../statuses";

/** How the dashboard orders what happened. Pure: for both sides. */

export type CustomerFigures = { id: string; name: string; night: Counts; week: Counts };
export type DayFigures = { day: string; counts: Counts };
export type FailedRun = {
  id: string;
  ranAt: Date;
  message: string | null;
  jobId: string;
  job: string;
  customer: string;
};

/** What waits for the person; null when the role may not look at it. */
export type Waiting = { mails: string | null; runs: string | null; tickets: string | null };

/** @returns customers with a run last night, those with the most trouble first. */
export function byNight(customers: readonly CustomerFigures[]): CustomerFigures[] {
  return customers.filter(({ night }) => totalOf(night) > 0).sort((a, b) => compared(a.night, b.night) || named(a, b));
}

/** @returns customers with failed or missed runs this week, worst first, at most so many. */
export function worstOfWeek(customers: readonly CustomerFigures[], most: number): CustomerFigures[] {
  return customers
    .filter(({ week }) => week.failed + week.missed > 0)
    .sort((a, b) => compared(a.week, b.week) || named(a, b))
    .slice(0, most);
}

function compared(a: Counts, b: Counts): number {
  const worse = statusOrder.find((status) => status !== "success" && a[status] !== b[status]);
  return worse ? b[worse] - a[worse] : 0;
}

const named = (a: CustomerFigures, b: CustomerFigures): number => (a.name < b.name ? -1 : 1);

/** @returns thirty days that end with the given one, with zeros where nothing ran. */
export function filledDays(known: readonly DayFigures[], today: string, days = 30): DayFigures[] {
  const found = new Map(known.map((figures) => [figures.day, figures]));
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.parse(today) - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10);
    return found.get(day) ?? { day, counts: sumOf([]) };
  });
}

/** @returns the days as weeks that begin on Monday; null where the first and the last week have no day. */
export function weeksOf<Day extends { day: string }>(days: readonly Day[]): (Day | null)[][] {
  const [first] = days;
  if (!first) return [];
  const before = (new Date(`${first.day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells = [...Array.from({ length: before }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, at) => cells.slice(at * 7, at * 7 + 7));
  return weeks.map((week) => [...week, ...Array.from({ length: 7 - week.length }, () => null)]);
}
