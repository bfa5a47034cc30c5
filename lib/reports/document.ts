import "server-only";
import { type Access, can } from "../access/can";
import { dayStatus } from "../days/rules";
import { type JobDay, jobDays } from "./data/days";
import { missedRuns } from "./data/missed";
import { resultsOf } from "./data/results";
import { reviewsOf } from "./data/reviews";
import { sizesOf } from "./data/storage";
import { openTickets, ticketCounts } from "./data/tickets";
import { kindLabels } from "./rules";
import { calendarLines, calendarOf } from "./sections/calendar";
import { missedSections } from "./sections/missed";
import { figuresOf, resultsPerJob, runsPerDay } from "./sections/results";
import { reviewSections } from "./sections/reviews";
import { storageSections } from "./sections/storage";
import { ticketSections } from "./sections/tickets";
import type { Asked, ReportDocument, ReportKind, Section } from "./types";

/** @returns the report as far as the roles acted in may see what it counts: what one looks at is limited by who looks. */
export async function documentOf(access: Access, asked: Asked): Promise<ReportDocument> {
  const { timeZone } = access.account;
  const sections =
    asked.kind === "full" ? await everything(access, asked) : await sectionsOf[asked.kind](access, asked);
  return { kind: asked.kind, period: asked.period, timeZone, sections };
}

type Make = (access: Access, asked: Asked) => Promise<Section[]>;

const sectionsOf: Record<Exclude<ReportKind, "full">, Make> = {
  results: async (access, asked) => {
    const results = await resultsOf(access, asked);
    return [figuresOf(results), runsPerDay(results), resultsPerJob(results, access.account.timeZone)];
  },
  calendar: async (access, asked) => {
    const days = await jobDays(access, asked);
    const statusOf = (runs: JobDay["runs"]) => dayStatus(runs, access.account.dayStatus)?.status ?? null;
    return [calendarOf(days, asked.period, statusOf), calendarLines(days, statusOf)];
  },
  missed: async (access, asked) => missedSections(await missedRuns(access, asked), access.account.timeZone),
  reviews: async (access, asked) => reviewSections(await reviewsOf(access, asked), access.account.timeZone),
  tickets: async (access, asked) => {
    const [counts, open] = await Promise.all([ticketCounts(access, asked), openTickets(access, asked)]);
    return ticketSections(counts, can(access, "tickets.view") ? open : null, access.account.timeZone);
  },
  storage: async (access, asked) => storageSections(await sizesOf(access, asked), asked.period),
};

async function everything(access: Access, asked: Asked): Promise<Section[]> {
  const kinds = Object.entries(sectionsOf) as [keyof typeof sectionsOf, Make][];
  const parts = kinds.map(
    async ([kind, make]): Promise<Section[]> => [
      { kind: "heading", title: kindLabels[kind] },
      ...(await make(access, asked)),
    ],
  );
  return (await Promise.all(parts)).flat();
}
