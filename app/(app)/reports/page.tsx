import { Page } from "@/components/page";
import { addressOf, GenerateForm } from "@/components/reports/generate-form";
import { PrintButton } from "@/components/reports/print-button";
import { ReportDialog } from "@/components/reports/report-dialog";
import { ReportList } from "@/components/reports/report-list";
import { ReportSections } from "@/components/reports/report-sections";
import { ButtonLink } from "@/components/ui/button";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { formatDay } from "@/lib/format";
import { readListQuery, type SearchParams } from "@/lib/list";
import { readAsked } from "@/lib/reports/asked";
import { generateReport, listReportChoices, listReports } from "@/lib/reports/queries";
import { aboutInWords, kindLabels, periodOf } from "@/lib/reports/rules";
import type { ReportSort } from "@/lib/reports/types";

const FILTERS = ["from", "to", "kind", "customer", "group", "type", "software"];

export default async function ReportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/reports");
  const query = readListQuery<ReportSort>(await searchParams, ["name", "days", "created"], FILTERS);
  const { from = "", to = "", kind = "", customer = "", group = "", type = "", software = "" } = query.filters;
  const about = { kind: kind || "results", customer, group, type, software };
  const read = from || to ? readAsked({ from, to, ...about }) : null;
  const asked = typeof read === "string" ? null : read;
  const [generates, manages] = [can(access, "reports.generate"), can(access, "reports.manage")];
  const [choices, document, saved] = await Promise.all([
    generates || manages ? listReportChoices() : null,
    asked && generateReport(asked),
    asked ? null : listReports(query),
  ]);
  const today = formatDay(new Date(), access.account.timeZone);
  const address = addressOf({ from, to, ...about });
  return (
    <Page
      access={access}
      title="Reports"
      description={
        asked && choices
          ? `${kindLabels[asked.kind]}, ${from} to ${to}, ${aboutInWords(asked, choices)}`
          : "Results, reviews, tickets and storage for a period."
      }
      actions={
        asked ? (
          <>
            <PrintButton />
            <ButtonLink href={`/api/reports/csv?${address}`} download>
              Export CSV
            </ButtonLink>
            <ButtonLink href={`/api/reports/pdf?${address}`} download>
              Export PDF
            </ButtonLink>
            <ButtonLink href="/reports">Saved reports</ButtonLink>
          </>
        ) : (
          manages && choices && <ReportDialog choices={choices} />
        )
      }
    >
      {generates && choices && (
        <div className="print:hidden">
          <GenerateForm
            today={today}
            asked={{ ...(from || to ? { from, to } : periodOf(30, today)), ...about }}
            choices={choices}
            problem={typeof read === "string" ? read : null}
          />
        </div>
      )}
      {document && <ReportSections access={access} document={document} />}
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
