"use client";
import { type ReactNode, useState } from "react";
import { ActionForm, type FormAction } from "@/components/form/action-form";
import { FormSelect, FormText } from "@/components/form/form-fields";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { createReport, updateReport } from "@/lib/reports/actions";
import type { ReportChoices } from "@/lib/reports/queries";
import { LONGEST_DAYS, periodLabels } from "@/lib/reports/rules";
import { type ReportRow, reportPeriods } from "@/lib/reports/types";
import { ChoiceFields, kindOptions } from "./report-choices";

type Props = { report?: ReportRow; choices: ReportChoices };

/** "New report" without a report, "Edit" with one. */
export function ReportDialog({ report, choices }: Props) {
  return report ? (
    <ReportShell
      label="Edit"
      variant="secondary"
      title="Edit report"
      action={updateReport}
      hidden={{ id: report.id, version: report.version }}
    >
      <ReportFields report={report} choices={choices} />
    </ReportShell>
  ) : (
    <ReportShell label="New report" variant="primary" title="New report" action={createReport} hidden={{}}>
      <ReportFields choices={choices} />
    </ReportShell>
  );
}

type ShellProps = {
  label: string;
  variant: "primary" | "secondary";
  title: string;
  action: FormAction;
  hidden: Record<string, string | number>;
  children: ReactNode;
};

/** A button that opens a form about a report; saved, it closes. */
export function ReportShell({ label, variant, title, action, hidden, children }: ShellProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={title}>
        <ActionForm action={action} hidden={hidden} onDone={() => setOpen(false)} className="grid gap-4">
          {children}
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Save</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}

const periodOptions = reportPeriods.map((period) => ({ value: period, label: periodLabels[period] }));

function ReportFields({ report, choices }: Props) {
  const [period, setPeriod] = useState<string>(report?.period ?? "days");
  const { groupId = "", typeId = "", software = "" } = report?.filters ?? {};
  const chosen = { customer: report?.customerId ?? "", group: groupId, type: typeId, software };
  return (
    <>
      <FormText label="Name" name="name" defaultValue={report?.name} maxLength={120} required autoComplete="off" />
      <FormSelect label="Report" name="kind" defaultValue={report?.kind ?? "results"} options={kindOptions} />
      <FormSelect
        label="Period"
        name="period"
        defaultValue={period}
        options={periodOptions}
        onChange={(event) => setPeriod(event.target.value)}
      />
      {period === "days" && (
        <FormText
          label="Days"
          name="days"
          type="number"
          min={1}
          max={LONGEST_DAYS}
          defaultValue={report?.days ?? 30}
          hint="Counted back from yesterday."
          required
        />
      )}
      <ChoiceFields choices={choices} chosen={chosen} />
    </>
  );
}
