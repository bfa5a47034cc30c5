"use client";
import { FormText, FormTextArea } from "@/components/form/form-fields";

type Props = { customer?: { name: string; reference: string; notes: string } };

export function CustomerFields({ customer }: Props) {
  return (
    <>
      <FormText label="Name" name="name" defaultValue={customer?.name} required maxLength={200} autoComplete="off" />
      <FormText
        label="Reference"
        name="reference"
        defaultValue={customer?.reference}
        hint="The customer's number or short code in your other systems."
        maxLength={100}
        autoComplete="off"
      />
      <FormTextArea label="Notes" name="notes" defaultValue={customer?.notes} maxLength={5000} />
    </>
  );
}
