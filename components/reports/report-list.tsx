import Link from "next/link";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { SearchForm } from "@/components/ui/search-form";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatCount, formatMoment } from "@/lib/format";
import { hrefOf, type ListPage, type ListQuery, sortLink } from "@/lib/list";
import { kindLabels, periodInWords, subjectOf } from "@/lib/reports/rules";
import type { ReportRow, ReportSort } from "@/lib/reports/types";

type Props = { page: ListPage<ReportRow>; query: ListQuery<ReportSort>; timeZone: string; manages: boolean };

/** The saved reports. */
export function ReportList({ page, query, timeZone, manages }: Props) {
  const sort = (by: ReportSort) => sortLink("/reports", query, by);
  if (page.rows.length === 0 && !query.search)
    return (
      <EmptyState title="No report is saved yet.">
        {manages ? 'Save one with "New report", so that others find it.' : "An administrator can save reports for you."}
      </EmptyState>
    );
  return (
    <section className="grid gap-3">
      <h2 className="text-lg">Saved reports</h2>
      <SearchForm
        action="/reports"
        label="Search reports"
        defaultValue={query.search}
        hidden={{ sort: (query.direction === "desc" ? "-" : "") + query.sort }}
      />
      {page.rows.length === 0 ? (
        <EmptyState title="No report matches." action={<ButtonLink href="/reports">Clear the search</ButtonLink>} />
      ) : (
        <>
          <Table caption="Saved reports" cards>
            <thead>
              <tr>
                <Th sort={sort("name")}>Name</Th>
                <Th>Report</Th>
                <Th sort={sort("days")}>Period</Th>
                <Th>About</Th>
                <Th>By</Th>
                <Th sort={sort("created")}>Created</Th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row) => (
                <Tr key={row.id}>
                  <Td header label="Name">
                    <Link href={`/reports/${row.id}`} prefetch={false}>
                      {row.name}
                    </Link>
                  </Td>
                  <Td label="Report">{kindLabels[row.kind]}</Td>
                  <Td label="Period">{periodInWords(row)}</Td>
                  <Td label="About">{subjectOf(row)}</Td>
                  <Td label="By">{row.createdBy}</Td>
                  <Td label="Created">{formatMoment(row.createdAt, timeZone)}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
          <Pager
            previousHref={page.previous && hrefOf("/reports", query, { cursor: page.previous })}
            nextHref={page.next && hrefOf("/reports", query, { cursor: page.next })}
            summary={`${formatCount(page.rows.length, "report")} shown`}
          />
        </>
      )}
    </section>
  );
}
