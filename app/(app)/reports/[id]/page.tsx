import { notFound } from "next/navigation";
import { ConfirmButton } from "@/components/form/confirm-button";
import { Page } from "@/components/page";
import { PrintButton } from "@/components/reports/print-button";
import { ReportDialog } from "@/components/reports/report-dialog";
import { ReportResults } from "@/components/reports/report-results";
import { ButtonLink } from "@/components/ui/button";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { deleteReport } from "@/lib/reports/actions";
import { findReport, listReportCustomers } from "@/lib/reports/queries";
import { isAboutOther, subjectOf } from "@/lib/reports/rules";

export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const access = await requirePage("/reports/[id]");
  const { id } = await params;
  const manages = can(access, "reports.manage");
  const [found, customers] = await Promise.all([findReport(id), manages ? listReportCustomers() : []]);
  if (!found) notFound();
  const { report, results } = found;
  const { from, to } = results.period;
  const { version, name, days, customerId } = report;
  return (
    <Page
      access={access}
      title={name}
      description={`${from} to ${to}, ${subjectOf(report)}`}
      actions={
        <>
          <PrintButton />
          <ButtonLink href={`/api/reports/${id}/csv`} download>
            Export CSV
          </ButtonLink>
          {manages && !isAboutOther(report) && (
            <ReportDialog key={version} report={{ id, version, name, days, customerId }} customers={customers} />
          )}
          {manages && (
            <ConfirmButton
              action={deleteReport}
              hidden={{ id }}
              label="Delete"
              question={`Delete the report ${name}?`}
              confirmLabel="Delete report"
            >
              The report disappears for everybody. The runs it counts stay.
            </ConfirmButton>
          )}
        </>
      }
    >
      <ReportResults access={access} results={results} />
    </Page>
  );
}
