"use client";
import { useState } from "react";
import { ActionForm, useFormAnswer } from "@/components/form/action-form";
import { FormCheckbox, FormText } from "@/components/form/form-fields";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { splitJob } from "@/lib/filing/merging/actions";
import { keyInWords } from "@/lib/jobs/rules";

type Key = { matchKey: string; sender: string; value: string };
type Props = { job: { id: string; name: string }; keys: Key[] };

/** Makes a job of its own of some of what a job is known by. */
export function SplitJob({ job, keys }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Split
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Split ${job.name}`}>
        <ActionForm action={splitJob} hidden={{ id: job.id }} className="grid gap-4">
          <p>
            For mails of two jobs that came to one. What is chosen becomes a new job of the same customer, with the runs
            and mails that came by it. Tickets and overrides stay.
          </p>
          <Keys keys={keys} />
          <FormText
            label="Name of the new job"
            name="name"
            defaultValue=""
            maxLength={200}
            autoComplete="off"
            required
          />
          <FormText label="Host" name="host" defaultValue="" maxLength={200} autoComplete="off" />
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Split</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}

function Keys({ keys }: { keys: Key[] }) {
  const { errors } = useFormAnswer();
  return (
    <fieldset className="grid max-h-60 gap-1 overflow-y-auto rounded-md border border-line p-3">
      <legend className="px-1">What goes to the new job</legend>
      {keys.map(({ matchKey, sender, value }) => (
        <FormCheckbox
          key={value}
          name="keys[]"
          value={value}
          label={`${keyInWords(matchKey)} from ${sender || "any sender"}`}
        />
      ))}
      {errors.keys && (
        <p role="alert" className="text-danger text-sm">
          {errors.keys}
        </p>
      )}
    </fieldset>
  );
}
