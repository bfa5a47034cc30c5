"use client";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormText, FormTextArea } from "@/components/form/form-fields";
import { wayBack } from "@/components/run-checks/way-back";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { createTicket } from "@/lib/tickets/actions";
import { type TicketKind, words } from "@/lib/tickets/rules";
import type { Assignee, TicketDraft } from "@/lib/tickets/types";
import { AssigneeFields } from "./assignee-fields";
import { TargetPicker } from "./target-picker";

type Props = { kind: TicketKind; draft: TicketDraft; assignees: readonly Assignee[]; startsOpen: boolean };

/** The button "New ticket" and its dialog; `startsOpen` for a link that leads straight to it. */
export function NewTicket({ kind, draft, assignees, startsOpen }: Props) {
  const [open, setOpen] = useState(startsOpen);
  const router = useRouter();
  const { one } = words[kind];
  const hidden = { kind, ...(draft.runId && { run: draft.runId }) };
  const close = () => {
    setOpen(false);
    const back = wayBack(draft.runId);
    if (back) router.push(back);
  };
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        New {one}
      </Button>
      <Dialog open={open} onClose={close} title={`New ${one}`}>
        <ActionForm action={createTicket} hidden={hidden} onDone={close} className="grid gap-4">
          <FormText label="Title" name="title" defaultValue={draft.title} maxLength={200} required autoComplete="off" />
          <FormTextArea label="Text" name="body" defaultValue={draft.body} rows={5} />
          <TargetPicker label="About" hint="Nothing chosen: the whole account." chosen={draft.targets} />
          <AssigneeFields assignees={assignees} />
          <ButtonRow align="end">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Create {one}</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
