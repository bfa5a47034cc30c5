"use client";
import { useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { ActionForm } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { pauseJob, resumeJob } from "@/lib/schedules/actions";

type Props = { id: string; name: string; isPaused: boolean; timeZone: string };

/** Expects no runs for a while, and expects them again. */
export function PauseJob({ id, name, isPaused, timeZone }: Props) {
  const [open, setOpen] = useState(false);
  if (isPaused)
    return (
      <ActionButton action={resumeJob} hidden={{ id }} size="sm">
        Resume
      </ActionButton>
    );
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Pause
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Pause ${name}`}>
        <ActionForm action={pauseJob} hidden={{ id }} onDone={() => setOpen(false)} className="grid gap-4">
          <p className="text-muted">Mails that come are still taken. No run is missed until the pause ends.</p>
          <FormText
            label="Until"
            name="until"
            type="datetime-local"
            hint={`In the time zone ${timeZone}. Empty: until somebody resumes it.`}
          />
          <FormText label="Reason" name="reason" maxLength={200} autoComplete="off" hint="Optional." />
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Pause</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
