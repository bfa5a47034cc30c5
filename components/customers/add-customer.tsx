"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { createCustomer } from "@/lib/customers/actions";
import { CustomerFields } from "./customer-fields";

export function AddCustomer({ groups, timeZones }: { groups: string[]; timeZones: string[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add customer
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Add customer">
        <ActionForm action={createCustomer} onDone={() => setOpen(false)} className="grid gap-4">
          <CustomerFields groups={groups} timeZones={timeZones} />
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Add</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
