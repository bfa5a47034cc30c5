"use client";
import { useState } from "react";
import { ActionForm, useFormAnswer } from "@/components/form/action-form";
import { FormText } from "@/components/form/form-fields";
import { RefreshWhenRefused } from "@/components/form/refresh-when-refused";
import { UnsavedChanges } from "@/components/form/unsaved-changes";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { ButtonRow } from "@/components/ui/button-row";
import { Checkbox } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { MailRule } from "@/lib/mail/rules/types";
import { addRule, updateRule } from "@/lib/mail-rules/actions";
import { Conditions } from "./conditions";
import { NameFields, WordFields } from "./outcome-fields";
import { TrialResults } from "./trial-results";
import { type Trial, useTrial } from "./use-trial";

type Props = {
  /** None for a new one. */
  stored: { id: string; version: number; name: string } | null;
  rule: MailRule;
  /** A mail that the rule is tried on besides those of the Inbox. */
  mail: string | null;
};

/** A rule, and beside it what would come out of the mails in the Inbox. */
export function RuleForm({ stored, rule: first, mail }: Props) {
  const [rule, setRule] = useState(first);
  const [changed, setChanged] = useState(false);
  const trial = useTrial(rule, mail);
  const change = (part: Partial<MailRule>) => {
    setRule((before) => ({ ...before, ...part }));
    setChanged(true);
  };
  const hidden = { rule: JSON.stringify(rule), ...(stored && { id: stored.id, version: stored.version }) };
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <ActionForm
        action={async (previous, form) => {
          setChanged(false);
          const answer = await (stored ? updateRule : addRule)(previous, form);
          setChanged(answer.status !== "done");
          return answer;
        }}
        hidden={hidden}
        className="grid min-w-0 gap-4"
      >
        {stored && <RefreshWhenRefused />}
        <UnsavedChanges when={changed} />
        <FormText
          label="Name"
          name="name"
          defaultValue={stored?.name ?? ""}
          maxLength={100}
          autoComplete="off"
          required
        />
        <Fields rule={rule} onChange={change} trial={trial} />
        <ButtonRow>
          <SubmitButton>{stored ? "Save" : "Add"}</SubmitButton>
          <ButtonLink href="/settings/parsers">Cancel</ButtonLink>
        </ButtonRow>
      </ActionForm>
      <TrialResults trial={trial} isFirst={rule.isFirst} />
    </div>
  );
}

type FieldsProps = { rule: MailRule; onChange: (change: Partial<MailRule>) => void; trial: Trial };

function Fields({ rule, onChange, trial }: FieldsProps) {
  const answer = useFormAnswer();
  // A pattern that cannot be used is said at once; what is only not filled in yet, when the form was sent.
  const told = Object.entries(trial.faults).filter(
    ([, fault]) => !fault.startsWith("Enter") && !fault.startsWith("Add"),
  );
  const errors = { ...answer.errors, ...Object.fromEntries(told) };
  return (
    <>
      <Conditions {...{ rule, onChange, errors }} />
      {errors.conditions && <Alert tone="danger">{errors.conditions}</Alert>}
      <Checkbox
        label="These mails are no result of a backup"
        name="is_no_result"
        checked={!rule.isResult}
        onChange={(event) => onChange({ isResult: !event.currentTarget.checked })}
      />
      {rule.isResult && (
        <>
          <WordFields {...{ rule, onChange, errors }} />
          <NameFields {...{ rule, onChange, errors }} />
        </>
      )}
      <Checkbox
        label="Ask this rule before the built-in parsers"
        name="is_first"
        hint="Otherwise it reads only mails that no parser of a product knows."
        checked={rule.isFirst}
        onChange={(event) => onChange({ isFirst: event.currentTarget.checked })}
      />
    </>
  );
}
