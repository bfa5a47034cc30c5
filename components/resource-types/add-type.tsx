"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { createType } from "@/lib/resource-types/actions";

export function AddType() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add type
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Add type">
        <ActionForm action={createType} onDone={() => setOpen(false)} className="grid gap-4">
          <FormText label="Name" name="name" required maxLength={60} autoComplete="off" />
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Add</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
