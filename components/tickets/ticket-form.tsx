"use client";
import { ActionForm } from "@/components/form/action-form";
import { FormText, FormTextArea } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { SubmitButton } from "@/components/ui/submit-button";
import { updateTicket } from "@/lib/tickets/actions";
import type { Assignee, Ticket } from "@/lib/tickets/types";
import { AssigneeFields } from "./assignee-fields";

type Shown = Pick<
  Ticket,
  "id" | "version" | "title" | "body" | "assigneeId" | "assignee" | "externalCode" | "externalUrl"
>;

/** A field whose stored value changed starts anew: with an old text and the new version, Save would undo a closing note. */
export function TicketForm({ ticket, assignees }: { ticket: Shown; assignees: readonly Assignee[] }) {
  const { id, version, title, body, assigneeId, assignee, externalCode, externalUrl } = ticket;
  return (
    <ActionForm action={updateTicket} hidden={{ id, version }} className="grid justify-items-start gap-4 *:w-full">
      <RefreshWhenRefused />
      <FormText
        key={`title ${title}`}
        label="Title"
        name="title"
        defaultValue={title}
        maxLength={200}
        required
        autoComplete="off"
      />
      <FormTextArea key={`text ${body}`} label="Text" name="body" defaultValue={body} rows={8} />
      <AssigneeFields
        key={`elsewhere ${externalCode} ${externalUrl}`}
        assignees={assignees}
        assignee={assigneeId ? { id: assigneeId, username: assignee ?? "" } : null}
        externalCode={externalCode}
        externalUrl={externalUrl}
      />
      <div>
        <SubmitButton>Save</SubmitButton>
      </div>
    </ActionForm>
  );
}
