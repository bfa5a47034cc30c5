import { AddQuietTime } from "@/components/calendar/add-quiet-time";
import { CalendarFilters } from "@/components/calendar/calendar-filters";
import { CalendarTable } from "@/components/calendar/calendar-table";
import { ImportHolidays } from "@/components/calendar/import-holidays";
import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { requirePage } from "@/lib/access/guard";
import { type CalendarSort, calendarFilters, calendarSorts, listQuietTimes, listScopes } from "@/lib/calendar/queries";
import { formatCount } from "@/lib/format";
import { hrefOf, readListQuery, type SearchParams } from "@/lib/list";

const PATH = "/settings/calendar";

export default async function CalendarPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/settings/calendar");
  const query = readListQuery<CalendarSort>(await searchParams, calendarSorts, calendarFilters);
  const [page, scopes] = await Promise.all([listQuietTimes(query), listScopes()]);
  const { timeZone } = access.account;
  const isNarrowed = query.search || query.cursor || Object.values(query.filters).some(Boolean);
  return (
    <Page
      access={access}
      title="Holidays and Maintenance"
      description="When no run is expected: nothing is missed on these days and at these times."
      actions={
        <>
          <ImportHolidays scopes={scopes} />
          <AddQuietTime scopes={scopes} timeZone={timeZone} />
        </>
      }
    >
      <CalendarFilters query={query} />
      {page.rows.length > 0 ? (
        <>
          <CalendarTable rows={page.rows} query={query} scopes={scopes} timeZone={timeZone} />
          <Pager
            previousHref={page.previous && hrefOf(PATH, query, { cursor: page.previous })}
            nextHref={page.next && hrefOf(PATH, query, { cursor: page.next })}
            summary={formatCount(page.rows.length, "entry shown", "entries shown")}
          />
        </>
      ) : isNarrowed ? (
        <EmptyState title="Nothing matches." action={<ButtonLink href={PATH}>Show what is now and later</ButtonLink>}>
          Another word or fewer filters may find it.
        </EmptyState>
      ) : (
        <EmptyState title="No holidays and no maintenance ahead.">
          Add the days on which your customers do not work, or import a list of them. Until then every day counts.
        </EmptyState>
      )}
    </Page>
  );
}
