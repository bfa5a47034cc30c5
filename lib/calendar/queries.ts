import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { coveredCustomers, coveredJobs } from "../access/scope";
import { db } from "../db";
import { contains, keyset } from "../db/keyset";
import { quietTimes } from "../db/schema/calendar";
import { customers, jobs } from "../db/schema/desk";
import type { ListPage, ListQuery } from "../list";
import type { QuietTime, Target } from "./types";
import { changeableQuietTimes, ownScopes, visibleQuietTimes } from "./visible";

export type CalendarSort = "when" | "name";
export const calendarSorts = ["when", "name"] as const;
export const calendarFilters = ["state", "kind"] as const;
export type CalendarRow = QuietTime & { changeable: boolean };

const { id, kind, name, fromDay, toDay, isYearly, startsAt, endsAt, createdBy, version } = quietTimes;

/** Filters: state ("" not over, "past", "all"), kind. What comes next stands first. */
export async function listQuietTimes(query: ListQuery<CalendarSort>): Promise<ListPage<CalendarRow>> {
  const access = await requireRight("settings.manage");
  const { timeZone } = access.account;
  const page = keyset(
    query,
    { when: { by: nextStart(timeZone), type: "timestamptz" }, name: { by: sql`lower(${name})`, type: "text" } },
    id,
  );
  const rows = await db()
    .select({
      ...{ id, kind, name, fromDay, toDay, isYearly, startsAt, endsAt, createdBy, version },
      customer: namedWhen(quietTimes.customerId, customers.name),
      job: namedWhen(quietTimes.jobId, sql`ofjob.name || ': ' || ${jobs.name}`),
      changeable: changeableQuietTimes(access).mapWith(Boolean),
      cursor: page.cursor,
    })
    .from(quietTimes)
    .leftJoin(customers, eq(customers.id, quietTimes.customerId))
    .leftJoin(jobs, eq(jobs.id, quietTimes.jobId))
    .leftJoin(sql`${customers} as ofjob`, sql`ofjob.id = ${jobs.customerId}`)
    .where(and(visibleQuietTimes(access), ...filtered(query, timeZone), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return page.of(rows);
}

const namedWhen = (column: typeof quietTimes.customerId | typeof quietTimes.jobId, label: unknown) =>
  sql<Target | null>`case when ${column} is not null then jsonb_build_object('id', ${column}, 'label', ${label}) end`;

/** A yearly day counts as its next one; one that is going on, as begun. */
function nextStart(timeZone: string): SQL {
  const today = sql`(now() at time zone ${timeZone})::date`;
  const inYear = (day: typeof fromDay | typeof toDay, years: SQL) =>
    sql`(${day} + make_interval(years => ${years}))::date`;
  const ahead = sql`extract(year from ${today})::int - extract(year from ${fromDay})::int`;
  const next = sql`case when ${inYear(toDay, ahead)} >= ${today} then ${inYear(fromDay, ahead)}
    else ${inYear(fromDay, sql`${ahead} + 1`)} end`;
  const day = sql`case when ${isYearly} then ${next} else ${fromDay} end`;
  return sql`case when ${kind} = 'maintenance' then ${startsAt} else (${day})::timestamp at time zone ${timeZone} end`;
}

function filtered({ search, filters }: ListQuery, timeZone: string): (SQL | undefined)[] {
  const isOver = sql`(case when ${kind} = 'maintenance' then ${endsAt} < now()
    else not ${isYearly} and ${toDay} < (now() at time zone ${timeZone})::date end)`;
  const states: Record<string, SQL | undefined> = { "": sql`not ${isOver}`, past: isOver };
  return [
    states[filters.state ?? ""],
    filters.kind ? sql`${kind} = ${filters.kind}` : undefined,
    search ? contains(sql`concat_ws(' ', ${name}, ${customers.name}, ofjob.name, ${jobs.name})`, search) : undefined,
  ];
}

/** @returns for whom the role may make entries. */
export async function listScopes() {
  return ownScopes(await requireRight("settings.manage"));
}

const MOST = 8;

/** @returns up to eight customers or jobs that the role covers and whose names contain the text. */
export async function findCalendarTargets(wanted: "customer" | "job", search: string): Promise<Target[]> {
  const access = await requireRight("settings.manage");
  const text = search.slice(0, 200).replaceAll("\0", "");
  if (wanted === "customer")
    return db()
      .select({ id: customers.id, label: customers.name })
      .from(customers)
      .where(and(coveredCustomers(access), isNull(customers.deactivatedAt), contains(customers.name, text)))
      .orderBy(sql`lower(${customers.name}) collate "C"`)
      .limit(MOST);
  return db()
    .select({ id: jobs.id, label: sql<string>`${customers.name} || ': ' || ${jobs.name}` })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(
      and(
        coveredJobs(access),
        isNull(jobs.archivedAt),
        sql`(${contains(sql`(${jobs.name} || ' ' || ${jobs.host})`, text)} or ${contains(customers.name, text)})`,
      ),
    )
    .orderBy(sql`lower(${customers.name}) collate "C"`, sql`lower(${jobs.name}) collate "C"`)
    .limit(MOST);
}
