import { notFound } from "next/navigation";
import { ConfirmButton } from "@/components/form/confirm-button";
import { Page } from "@/components/page";
import { Mailing } from "@/components/reports/mailing";
import { PrintButton } from "@/components/reports/print-button";
import { ReportDialog } from "@/components/reports/report-dialog";
import { ReportSections } from "@/components/reports/report-sections";
import { ScheduleDialog } from "@/components/reports/schedule-dialog";
import { ButtonLink } from "@/components/ui/button";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { deleteReport } from "@/lib/reports/actions";
import { findReport, listReportChoices } from "@/lib/reports/queries";
import { isAboutOther, kindLabels, subjectOf } from "@/lib/reports/rules";

export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const access = await requirePage("/reports/[id]");
  const { id } = await params;
  const manages = can(access, "reports.manage");
  const [found, choices] = await Promise.all([findReport(id), manages ? listReportChoices() : null]);
  if (!found) notFound();
  const { report, document } = found;
  const { from, to } = document.period;
  return (
    <Page
      access={access}
      title={report.name}
      description={`${kindLabels[report.kind]}, ${from} to ${to}, ${subjectOf(report)}`}
      actions={
        <>
          <PrintButton />
          <ButtonLink href={`/api/reports/${id}/csv`} download>
            Export CSV
          </ButtonLink>
          <ButtonLink href={`/api/reports/${id}/pdf`} download>
            Export PDF
          </ButtonLink>
          {choices && !isAboutOther(report) && (
            <>
              <ReportDialog key={report.version} report={report} choices={choices} />
              <ScheduleDialog key={`schedule ${report.version}`} report={report} />
            </>
          )}
          {manages && (
            <ConfirmButton
              action={deleteReport}
              hidden={{ id }}
              label="Delete"
              question={`Delete the report ${report.name}?`}
              confirmLabel="Delete report"
            >
              The report disappears for everybody. The runs it counts stay.
            </ConfirmButton>
          )}
        </>
      }
    >
      <Mailing report={report} timeZone={access.account.timeZone} />
      <ReportSections access={access} document={document} />
    </Page>
  );
}
