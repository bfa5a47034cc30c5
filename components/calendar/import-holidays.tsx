"use client";
import { useRef, useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormTextArea } from "@/components/form/form-fields";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { importHolidays } from "@/lib/calendar/actions";
import type { Scope } from "@/lib/calendar/types";
import { ReachFields } from "./reach-fields";

/** Adds the days of a file or of a list that is pasted. */
export function ImportHolidays({ scopes }: { scopes: Scope[] }) {
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLTextAreaElement>(null);
  const read = async (file: File | undefined) => {
    const text = await file?.text().catch(() => "");
    if (list.current && text) list.current.value = text;
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Import</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Import holidays">
        <ActionForm action={importHolidays} onDone={() => setOpen(false)} className="grid gap-4">
          <p className="text-muted">
            A calendar file (.ics), or CSV with the columns <code>name</code>, <code>from</code>, and if you like{" "}
            <code>to</code> and <code>yearly</code>. What is there already stays as it is.
          </p>
          <Field label="File" name="file">
            {({ name: _name, ...wiring }) => (
              <input
                {...wiring}
                type="file"
                accept=".ics,.csv,text/calendar,text/csv"
                onChange={(event) => void read(event.currentTarget.files?.[0])}
                className="w-full min-w-0"
              />
            )}
          </Field>
          <FormTextArea ref={list} label="List" name="list" rows={6} className="font-mono" />
          <ReachFields scopes={scopes} />
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Import</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
