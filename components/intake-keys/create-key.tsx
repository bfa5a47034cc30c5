"use client";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { createIntakeKey } from "@/lib/intake-keys/actions";

/** Makes a key and shows it, once. */
export function CreateKey() {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState("");
  const close = () => {
    setOpen(false);
    setKey("");
  };
  return (
    <>
      <Button icon={<KeyRound aria-hidden />} onClick={() => setOpen(true)}>
        Create key
      </Button>
      <Dialog open={open} onClose={close} title={key ? "The new key" : "Create key"}>
        {key ? (
          <NewKey value={key} onClose={close} />
        ) : (
          <ActionForm
            action={createIntakeKey}
            onDone={({ data }) => setKey((data as { key: string }).key)}
            className="grid gap-4"
          >
            <FormText label="Name" name="name" autoComplete="off" hint="For example the machine that will use it." />
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={close}>Cancel</Button>
              <SubmitButton>Create</SubmitButton>
            </div>
          </ActionForm>
        )}
      </Dialog>
    </>
  );
}

function NewKey({ value, onClose }: { value: string; onClose: () => void }) {
  return (
    <div className="grid gap-4">
      <Alert tone="warning">Copy it now: it is shown only this once.</Alert>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 break-all rounded-md bg-sunken px-2.5 py-1.5">{value}</code>
        <CopyButton text={value} />
      </div>
      <Button className="justify-self-end" onClick={onClose}>
        Done
      </Button>
    </div>
  );
}
