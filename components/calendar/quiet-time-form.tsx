"use client";
import { useState } from "react";
import { ActionForm, type FormAction } from "@/components/form/action-form";
import { FormCheckbox, FormSelect, FormText } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Kind, kindLabels, kinds, type Scope, type Target } from "@/lib/calendar/types";
import { ReachFields } from "./reach-fields";

/** An entry as fields show it. */
export type Shown = {
  kind: Kind;
  name: string;
  scope?: Scope;
  customer: Target | null;
  job: Target | null;
  fromDay: string;
  toDay: string;
  isYearly: boolean;
  starts: string;
  ends: string;
};

type Props = {
  action: FormAction;
  hidden?: Record<string, string | number>;
  shown: Shown;
  scopes: Scope[];
  timeZone: string;
  submitLabel: string;
  onClose: () => void;
};

/** The fields of a holiday or of maintenance. */
export function QuietTimeForm({ action, hidden, shown, scopes, timeZone, submitLabel, onClose }: Props) {
  const [kind, setKind] = useState(shown.kind);
  return (
    <ActionForm action={action} hidden={hidden} onDone={onClose} className="grid gap-4">
      {hidden && <RefreshWhenRefused />}
      <FormSelect
        label="Kind"
        name="kind"
        defaultValue={shown.kind}
        options={kinds.map((value) => ({ value, label: kindLabels[value] }))}
        onChange={(event) => setKind(event.currentTarget.value as Kind)}
        hint={kind === "holiday" ? "Whole days, in the time zone of each job." : "From one moment to another."}
      />
      <FormText label="Name" name="name" defaultValue={shown.name} required maxLength={100} autoComplete="off" />
      <ReachFields scopes={scopes} scope={shown.scope} customer={shown.customer} job={shown.job} />
      {kind === "holiday" ? (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <FormText label="First day" name="from_day" type="date" defaultValue={shown.fromDay} required />
            <FormText label="Last day" name="to_day" type="date" defaultValue={shown.toDay} hint="Empty: one day." />
          </div>
          <FormCheckbox label="Each year again" name="yearly" defaultChecked={shown.isYearly} />
        </>
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          <FormText label="From" name="starts" type="datetime-local" defaultValue={shown.starts} required />
          <FormText
            label="Until"
            name="ends"
            type="datetime-local"
            defaultValue={shown.ends}
            required
            hint={`In the time zone ${timeZone}.`}
          />
        </div>
      )}
      <ButtonRow align="end">
        <Button onClick={onClose}>Cancel</Button>
        <SubmitButton>{submitLabel}</SubmitButton>
      </ButtonRow>
    </ActionForm>
  );
}
