"use client";
import { ActionForm } from "@/components/form/action-form";
import { FormText, FormTextArea } from "@/components/form/form-fields";
import { SubmitButton } from "@/components/ui/submit-button";
import { updateTicket } from "@/lib/tickets/actions";

type Props = { id: string; version: number; title: string; body: string };

export function TicketForm({ id, version, title, body }: Props) {
  return (
    <ActionForm action={updateTicket} hidden={{ id, version }} className="grid justify-items-start gap-4 *:w-full">
      <FormText label="Title" name="title" defaultValue={title} maxLength={200} required autoComplete="off" />
      <FormTextArea label="Text" name="body" defaultValue={body} rows={8} />
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </ActionForm>
  );
}
