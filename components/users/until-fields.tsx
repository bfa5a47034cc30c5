"use client";
import { FormText } from "@/components/form/form-fields";

type Props = { timeZone: string; until?: string; reason?: string };

/** When a role ends, and why it is given. */
export function UntilFields({ timeZone, until = "", reason = "" }: Props) {
  return (
    <>
      <FormText
        label="Until"
        name="until"
        type="datetime-local"
        defaultValue={until}
        hint={`In the time zone ${timeZone}. Empty: without an end.`}
      />
      <FormText
        label="Reason"
        name="reason"
        defaultValue={reason}
        maxLength={200}
        autoComplete="off"
        hint="Optional."
      />
    </>
  );
}
