import { ActionButton } from "@/components/form/action-button";
import { Alert } from "@/components/ui/alert";
import { formatMoment } from "@/lib/format";
import { sendReportNow } from "@/lib/reports/actions";
import { isAboutOther, scheduleInWords } from "@/lib/reports/rules";
import type { ReportRow } from "@/lib/reports/types";

/** When a report was mailed and when it will be, for who manages it. */
export function Mailing({ report, timeZone }: { report: ReportRow; timeZone: string }) {
  const { id, schedule, nextSendAt, lastSentAt, sendError } = report;
  if (!schedule) return null;
  return (
    <div className="grid gap-2 print:hidden">
      {sendError && <Alert tone="danger">The report was not sent: {sendError}</Alert>}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm">
        <span>
          {scheduleInWords(schedule)}, next {formatMoment(nextSendAt, timeZone)}
          {lastSentAt && `, last ${formatMoment(lastSentAt, timeZone)}`}.
        </span>
        {!isAboutOther(report) && (
          <ActionButton action={sendReportNow} hidden={{ id }}>
            Send now
          </ActionButton>
        )}
      </p>
    </div>
  );
}
