import "server-only";
import { and, asc, desc, eq, gte, isNotNull, isNull, lte, ne, type SQL, sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { requireRight } from "../access/guard";
import { coveredJobs, hearsOfSilence, reportedJobs } from "../access/scope";
import { db } from "../db";
import { COUNT_LIMIT, cappedCount } from "../db/keyset";
import { figuresPerStatus, isFigure } from "../db/run-figures";
import { settings } from "../db/schema/access";
import { customers, jobs } from "../db/schema/desk";
import { intakeKeys } from "../db/schema/intake-keys";
import { mails } from "../db/schema/mails";
import { overrides } from "../db/schema/overrides";
import { runs } from "../db/schema/runs";
import { mailSources } from "../db/schema/sources";
import { tickets } from "../db/schema/tickets";
import { formatDay } from "../format";
import { visibleOverrides } from "../overrides/visible";
import { visibleTickets } from "../tickets/visible";
import { type CustomerFigures, type DayFigures, type FailedRun, filledDays, type Waiting } from "./rules";

/** @returns for each customer with a run in the last seven days: counts of last night (since yesterday 18:00) and of the week. */
export async function customerFigures(): Promise<CustomerFigures[]> {
  const access = await requireRight("dashboard.view");
  const { timeZone } = access.account;
  const midnight = sql`date_trunc('day', now() at time zone ${timeZone})`;
  const since = sql`((${midnight} - interval '6 hours') at time zone ${timeZone})`;
  return db()
    .select({
      id: customers.id,
      name: customers.name,
      night: figuresPerStatus(sql`${runs.ranAt} >= ${since}`),
      week: figuresPerStatus(),
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(counted(access), isFigure, gte(runs.ranAt, sql`now() - interval '7 days'`)))
    .groupBy(customers.id);
}

/** @returns runs by status for each of the last thirty days of the account's time zone, oldest first. */
export async function dailyFigures(): Promise<DayFigures[]> {
  const access = await requireRight("dashboard.view");
  const { timeZone } = access.account;
  const today = formatDay(new Date(), timeZone);
  const rows = await db()
    .select({
      day: sql<string>`to_char(${runs.ranAt} at time zone ${timeZone}, 'YYYY-MM-DD')`,
      counts: figuresPerStatus(),
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(
      and(counted(access), isFigure, gte(runs.ranAt, sql`(${today}::date - 29)::timestamp at time zone ${timeZone}`)),
    )
    .groupBy(sql`1`);
  return filledDays(rows, today);
}

/** @returns how much waits for the person, each "10,000+" beyond that; null for what the role may not look at. */
export async function waiting(): Promise<Waiting> {
  const access = await requireRight("dashboard.view");
  const inbox = db()
    .select({ one: sql`1` })
    .from(mails)
    .where(and(isNull(mails.jobId), isNull(mails.deletedAt), ne(mails.kind, "digest")));
  const unreviewed = db()
    .select({ one: sql`1` })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(isNull(runs.reviewedAt), isNull(jobs.archivedAt), isNull(customers.deactivatedAt), coveredJobs(access)));
  const open = db()
    .select({ one: sql`1` })
    .from(tickets)
    .where(and(eq(tickets.kind, "ticket"), isNull(tickets.resolvedAt), visibleTickets(access)));
  const count = (may: boolean, rows: { limit: (most: number) => unknown }) =>
    may
      ? sql<number | null>`(select count(*)::int from ${rows.limit(COUNT_LIMIT)} as waiting)`
      : sql<number | null>`null`;
  // One statement for all: the settings are the table that has one row.
  const [row] = await db()
    .select({
      mails: count(can(access, "inbox.view"), inbox),
      runs: count(can(access, "runs.view"), unreviewed),
      tickets: count(can(access, "tickets.view"), open),
    })
    .from(settings);
  const shown = (count: number | null | undefined) => (typeof count === "number" ? cappedCount(count) : null);
  return { mails: shown(row?.mails), runs: shown(row?.runs), tickets: shown(row?.tickets) };
}

/** @returns the failures that came last, of the week. */
export async function recentFailures(): Promise<FailedRun[]> {
  const access = await requireRight("resources.view");
  return db()
    .select({
      id: runs.id,
      ranAt: runs.ranAt,
      message: runs.message,
      jobId: jobs.id,
      job: jobs.name,
      customer: customers.name,
    })
    .from(runs)
    .innerJoin(jobs, eq(jobs.id, runs.jobId))
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(runs.countsAs, "failed"), gte(runs.ranAt, sql`now() - interval '7 days'`), coveredJobs(access)))
    .orderBy(desc(runs.ranAt), desc(runs.id))
    .limit(8);
}

const SOON_DAYS = 7;
const MOST_NOTICES = 8;

/** @returns overrides that end within a week, the next first; none for who may not look at overrides. */
export async function expiringOverrides() {
  const access = await requireRight("dashboard.view");
  if (!can(access, "overrides.view")) return [];
  const soon = sql`now() + make_interval(days => ${SOON_DAYS})`;
  return db()
    .select({
      id: overrides.id,
      reason: overrides.reason,
      endsAt: sql<Date>`${overrides.endsAt}`.mapWith(overrides.endsAt),
    })
    .from(overrides)
    .where(and(gte(overrides.endsAt, sql`now()`), lte(overrides.endsAt, soon), visibleOverrides(access)))
    .orderBy(asc(overrides.endsAt), asc(overrides.id))
    .limit(MOST_NOTICES);
}

/** @returns open tickets that the person works on, the oldest first. */
export async function myTickets() {
  const access = await requireRight("dashboard.view");
  if (!can(access, "tickets.view")) return [];
  return db()
    .select({ id: tickets.id, number: tickets.number, title: tickets.title, createdAt: tickets.createdAt })
    .from(tickets)
    .where(
      and(
        eq(tickets.kind, "ticket"),
        eq(tickets.assigneeId, access.userId),
        isNull(tickets.resolvedAt),
        visibleTickets(access),
      ),
    )
    .orderBy(asc(tickets.createdAt), asc(tickets.id))
    .limit(MOST_NOTICES);
}

/**
 * Sources of mails that are silent for longer than usual, for who works on runs of the whole account: while one is
 * silent, missed runs of its jobs are only suspected. @returns their names for who may look at sources, else null for each.
 */
export async function silentSources(): Promise<{ name: string | null; since: Date }[]> {
  const access = await requireRight("dashboard.view");
  const mayName = can(access, "settings.manage");
  if (!hearsOfSilence(access)) return [];
  const [sources, keys] = await Promise.all([
    db()
      .select({ name: mailSources.name, since: mailSources.silentSince })
      .from(mailSources)
      .where(and(isNotNull(mailSources.silentSince), isNull(mailSources.disabledAt))),
    db()
      .select({ name: intakeKeys.name, since: intakeKeys.silentSince })
      .from(intakeKeys)
      .where(and(isNotNull(intakeKeys.silentSince), isNull(intakeKeys.endedAt))),
  ]);
  return [...sources, ...keys].flatMap(({ name, since }) => (since ? [{ name: mayName ? name : null, since }] : []));
}

/** @returns how open pages learn of news: what the account chose. */
export async function liveMode(): Promise<"events" | "polling" | "off"> {
  await requireRight("dashboard.view");
  const [row] = await db().select({ live: settings.live }).from(settings);
  return row?.live ?? "off";
}

/** Who may not open jobs sees the figures that reports would show. */
const counted = (access: Access): SQL => (can(access, "resources.view") ? coveredJobs(access) : reportedJobs(access));
