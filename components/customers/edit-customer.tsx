"use client";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { updateCustomer } from "@/lib/customers/actions";
import { CustomerFields } from "./customer-fields";

type Props = {
  customer: {
    id: string;
    name: string;
    reference: string;
    group: string;
    notes: string;
    timeZone: string | null;
    version: number;
  };
  groups: string[];
  timeZones: string[];
};

export function EditCustomer({ customer, groups, timeZones }: Props) {
  const [open, setOpen] = useState(false);
  const { id, version } = customer;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Edit</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Edit ${customer.name}`}>
        <ActionForm
          action={updateCustomer}
          hidden={{ id, version }}
          onDone={() => setOpen(false)}
          className="grid gap-4"
        >
          <RefreshWhenRefused />
          <CustomerFields customer={customer} groups={groups} timeZones={timeZones} />
          <ButtonRow align="end">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Save</SubmitButton>
          </ButtonRow>
        </ActionForm>
      </Dialog>
    </>
  );
}
