"use client";
import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { type Condition, comparisons, conditionFields, type MailRule } from "@/lib/mail/rules/types";
import { comparisonLabels, fieldLabels } from "@/lib/mail-rules/words";

type Props = { rule: MailRule; onChange: (change: Partial<MailRule>) => void; errors: Record<string, string> };

const fieldOptions = conditionFields.map((value) => ({ value, label: fieldLabels[value] }));
const comparisonOptions = comparisons.map((value) => ({ value, label: comparisonLabels[value] }));
const added: Condition = { field: "subject", comparison: "contains", text: "" };

/** Which mails the rule is for. */
export function Conditions({ rule: { when, conditions }, onChange, errors }: Props) {
  const change = (index: number, part: Partial<Condition>) =>
    onChange({ conditions: conditions.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  return (
    <fieldset className="grid gap-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium">Which mails</legend>
      <SelectField
        label="It is for mails of which"
        name="when"
        value={when}
        onChange={(event) => onChange({ when: event.currentTarget.value === "any" ? "any" : "all" })}
        options={[
          { value: "all", label: "all of these hold" },
          { value: "any", label: "any of these holds" },
        ]}
      />
      {conditions.map((condition, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other name than their place
          key={index}
          className="grid items-end gap-2 sm:grid-cols-[8rem_11rem_1fr_auto]"
        >
          <SelectField
            label={`Part ${index + 1}`}
            name={`field_${index}`}
            value={condition.field}
            onChange={(event) => change(index, { field: event.currentTarget.value as Condition["field"] })}
            options={fieldOptions}
          />
          <SelectField
            label={`Comparison ${index + 1}`}
            name={`comparison_${index}`}
            value={condition.comparison}
            onChange={(event) => change(index, { comparison: event.currentTarget.value as Condition["comparison"] })}
            options={comparisonOptions}
          />
          <TextField
            label={`Text ${index + 1}`}
            name={`text_${index}`}
            value={condition.text}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => change(index, { text: event.currentTarget.value })}
            error={errors[`conditions.${index}`]}
          />
          <Button
            variant="ghost"
            icon={<X aria-hidden />}
            aria-label={`Remove condition ${index + 1}`}
            disabled={conditions.length === 1}
            onClick={() => onChange({ conditions: conditions.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <Button
        size="sm"
        className="justify-self-start"
        icon={<Plus aria-hidden />}
        disabled={conditions.length >= 20}
        onClick={() => onChange({ conditions: [...conditions, added] })}
      >
        Add condition
      </Button>
    </fieldset>
  );
}
