"use client";
import { type ReactNode, useState } from "react";
import { ActionForm, type FormAction } from "@/components/form/action-form";
import { FormSelect, FormText } from "@/components/form/form-fields";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { createReport, updateReport } from "@/lib/reports/actions";
import { LONGEST_DAYS } from "@/lib/reports/rules";

type Given = { id: string; version: number; name: string; days: number; customerId: string | null };
type Props = { report?: Given; customers: { id: string; name: string }[] };

/** "New report" without a report, "Edit" with one. */
export function ReportDialog({ report, customers }: Props) {
  return report ? (
    <Shell
      label="Edit"
      variant="secondary"
      title="Edit report"
      action={updateReport}
      hidden={{ id: report.id, version: report.version }}
    >
      <ReportFields report={report} customers={customers} />
    </Shell>
  ) : (
    <Shell label="New report" variant="primary" title="New report" action={createReport} hidden={{}}>
      <ReportFields customers={customers} />
    </Shell>
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

function Shell({ label, variant, title, action, hidden, children }: ShellProps) {
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

function ReportFields({ report, customers }: Props) {
  const choices = [
    { value: "", label: "All customers" },
    ...customers.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <FormText label="Name" name="name" defaultValue={report?.name} maxLength={120} required autoComplete="off" />
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
      <FormSelect label="Customer" name="customer" defaultValue={report?.customerId ?? ""} options={choices} />
    </>
  );
}
