"use client";
import { useId } from "react";
import { FormSelect, FormText, FormTextArea } from "@/components/form/form-fields";

type Props = {
  customer?: { name: string; reference: string; group: string; notes: string; timeZone: string | null };
  /** Names of groups there are, as suggestions. */
  groups: string[];
  timeZones: string[];
};

export function CustomerFields({ customer, groups, timeZones }: Props) {
  const listId = useId();
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
      <FormText
        label="Group"
        name="group"
        defaultValue={customer?.group}
        list={listId}
        hint="Optional. A new name makes a new group; roles may cover a group as a whole."
        maxLength={60}
        autoComplete="off"
      />
      <datalist id={listId}>
        {groups.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <FormSelect
        label="Time zone"
        name="time_zone"
        defaultValue={customer?.timeZone ?? ""}
        options={[{ value: "", label: "That of the account" }, ...timeZones.map((value) => ({ value, label: value }))]}
        hint="In which its jobs are expected to run."
      />
      <FormTextArea label="Notes" name="notes" defaultValue={customer?.notes} maxLength={5000} />
    </>
  );
}
