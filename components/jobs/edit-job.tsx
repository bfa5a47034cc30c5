"use client";
import { type ReactNode, useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormSelect, FormText, FormTextArea } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { updateJob } from "@/lib/filing/editing/actions";

type Props = {
  job: { id: string; name: string; host: string; notes: string; version: number; typeId: string };
  types: { id: string; name: string }[];
  /** The field "customer": which customers there are is another noun's business. */
  customerField: ReactNode;
};

export function EditJob({ job, types, customerField }: Props) {
  const [open, setOpen] = useState(false);
  const { id, version } = job;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Edit ${job.name}`}>
        <ActionForm action={updateJob} hidden={{ id, version }} onDone={() => setOpen(false)} className="grid gap-4">
          <RefreshWhenRefused />
          <FormText label="Name" name="name" defaultValue={job.name} required maxLength={200} autoComplete="off" />
          {customerField}
          <FormText label="Host" name="host" defaultValue={job.host} maxLength={200} autoComplete="off" />
          <FormSelect
            label="Type"
            name="type"
            defaultValue={job.typeId}
            options={types.map((type) => ({ value: type.id, label: type.name }))}
          />
          <FormTextArea label="Notes" name="notes" defaultValue={job.notes} maxLength={5000} />
          <p className="text-muted text-sm">Its mails are recognised by what they say, not by this name or host.</p>
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Save</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
