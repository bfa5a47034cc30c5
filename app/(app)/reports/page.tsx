import { Page } from "@/components/page";
import { GenerateForm } from "@/components/reports/generate-form";
import { PrintButton } from "@/components/reports/print-button";
import { ReportDialog } from "@/components/reports/report-dialog";
import { ReportList } from "@/components/reports/report-list";
import { ReportResults } from "@/components/reports/report-results";
import { ButtonLink } from "@/components/ui/button";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { formatDay } from "@/lib/format";
import { readListQuery, type SearchParams } from "@/lib/list";
import { generateReport, listReportCustomers, listReports } from "@/lib/reports/queries";
import { periodOf, readPeriod } from "@/lib/reports/rules";
import type { ReportSort } from "@/lib/reports/types";

export default async function ReportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/reports");
  const params = await searchParams;
  const query = readListQuery<ReportSort>(params, ["name", "days", "created"], ["from", "to", "customer"]);
  const { from = "", to = "", customer = "" } = query.filters;
  const asked = from || to ? readPeriod(from, to) : null;
  const period = typeof asked === "string" ? null : asked;
  const [generates, manages] = [can(access, "reports.generate"), can(access, "reports.manage")];
  const [customers, results, saved] = await Promise.all([
    generates || manages ? listReportCustomers() : [],
    period && generateReport(period, customer),
    period ? null : listReports(query),
  ]);
  const today = formatDay(new Date(), access.account.timeZone);
  const name = customers.find(({ id }) => id === customer)?.name ?? "all customers";
  return (
    <Page
      access={access}
      title="Reports"
      description={period ? `${period.from} to ${period.to}, ${name}` : "Results per customer and job for a period."}
      actions={
        period ? (
          <>
            <PrintButton />
            <ButtonLink href={`/api/reports/csv?${new URLSearchParams({ ...period, customer })}`} download>
              Export CSV
            </ButtonLink>
            <ButtonLink href="/reports">Saved reports</ButtonLink>
          </>
        ) : (
          manages && <ReportDialog customers={customers} />
        )
      }
    >
      {generates && (
        <div className="print:hidden">
          <GenerateForm
            today={today}
            {...(from || to ? { from, to } : periodOf(30, today))}
            customer={customer}
            customers={customers}
            problem={typeof asked === "string" ? asked : null}
          />
        </div>
      )}
      {results && <ReportResults access={access} results={results} />}
      {saved && (
        <ReportList
          page={saved}
          query={{ ...query, filters: {} }}
          timeZone={access.account.timeZone}
          manages={manages}
        />
      )}
    </Page>
  );
}
