"use client";
import { useRef, useState } from "react";
import { ActionForm, type FormAction } from "@/components/form/action-form";
import { FormSelect, FormText, FormTextArea } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { Button } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Draft } from "@/lib/overrides/draft";
import { type Match, matches, type Scope } from "@/lib/overrides/types";
import { matchLabels, scopeLabels } from "@/lib/overrides/words";
import { OverridePreview } from "./override-preview";
import { ResultBoxes } from "./result-boxes";
import { TargetField } from "./target-field";

export type Choices = { scopes: Scope[]; softwares: string[] };
type Props = {
  action: FormAction;
  hidden?: Record<string, string | number>;
  draft: Draft;
  choices: Choices;
  timeZone: string;
  submitLabel: string;
  onClose: () => void;
};

/** The fields of an override, and what it would do as it stands. */
export function OverrideForm({ action, hidden, draft, choices, timeZone, submitLabel, onClose }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [scope, setScope] = useState(draft.scope);
  const [match, setMatch] = useState(draft.match);
  const [customer, setCustomer] = useState(draft.customer);
  const [job, setJob] = useState(draft.job);
  const [change, setChange] = useState(0);
  const changed = () => setChange((count) => count + 1);
  const chooseWith =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      changed();
    };
  return (
    <ActionForm ref={form} action={action} hidden={hidden} onChange={changed} onDone={onClose} className="grid gap-4">
      {hidden && <RefreshWhenRefused />}
      <FormSelect
        label="Applies to"
        name="scope"
        defaultValue={draft.scope}
        options={choices.scopes.map((value) => ({ value, label: scopeLabels[value] }))}
        onChange={(event) => setScope(event.currentTarget.value as Scope)}
      />
      {scope === "software" && (
        <FormSelect
          label="Software"
          name="software"
          defaultValue={draft.software}
          options={[{ value: "", label: "Choose" }, ...choices.softwares.map((value) => ({ value, label: value }))]}
        />
      )}
      {scope === "customer" && (
        <TargetField kind="customer" label="Customer" chosen={customer} onChoose={chooseWith(setCustomer)} />
      )}
      {(scope === "job" || scope === "object") && (
        <TargetField kind="job" label="Job" chosen={job} onChoose={chooseWith(setJob)} />
      )}
      {scope === "object" && (
        <FormText
          label="Object"
          name="object"
          defaultValue={draft.object}
          maxLength={500}
          autoComplete="off"
          hint="As the runs of the job call it."
        />
      )}
      <ResultBoxes chosen={draft.statuses} />
      <div className="grid gap-4 sm:grid-cols-[10rem_1fr]">
        <FormSelect
          label="Message"
          name="match"
          defaultValue={draft.match}
          options={matches.map((value) => ({ value, label: matchLabels[value] }))}
          onChange={(event) => setMatch(event.currentTarget.value as Match)}
        />
        {match !== "any" && (
          <FormTextArea label="Text" name="match_text" defaultValue={draft.matchText} maxLength={500} rows={2} />
        )}
      </div>
      <OverridePreview form={form} change={change} />
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText label="From" name="starts" type="datetime-local" defaultValue={draft.starts} required />
        <FormText
          label="Until"
          name="ends"
          type="datetime-local"
          defaultValue={draft.ends}
          hint={`In the time zone ${timeZone}. Empty: until somebody ends it.`}
        />
      </div>
      <FormText label="Reason" name="reason" defaultValue={draft.reason} maxLength={500} required autoComplete="off" />
      <ButtonRow align="end">
        <Button onClick={onClose}>Cancel</Button>
        <SubmitButton>{submitLabel}</SubmitButton>
      </ButtonRow>
    </ActionForm>
  );
}
