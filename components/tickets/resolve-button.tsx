"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormTextArea } from "@/components/form/form-fields";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { resolveTicket } from "@/lib/tickets/actions";
import { type TicketKind, words } from "@/lib/tickets/rules";

/** Closes a ticket or remark, with a note that is added to its text. */
export function ResolveButton({ id, kind }: { id: string; kind: TicketKind }) {
  const [open, setOpen] = useState(false);
  const { one, resolve } = words[kind];
  const close = () => setOpen(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        {resolve}
      </Button>
      <Dialog open={open} onClose={close} title={`Close this ${one}?`}>
        <ActionForm action={resolveTicket} hidden={{ id }} onDone={close} className="grid gap-4">
          <FormTextArea
            label="Closing note"
            name="note"
            maxLength={2000}
            rows={3}
            hint="Optional; it is added to the text."
          />
          <ButtonRow align="end">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>{resolve}</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
