"use client";
import { SelectField, TextArea, TextField } from "@/components/ui/field";
import { type Extract, extractSources, type MailRule, type WordStatus } from "@/lib/mail/rules/types";
import { sourceLabels } from "@/lib/mail-rules/words";

type Props = { rule: MailRule; onChange: (change: Partial<MailRule>) => void; errors: Record<string, string> };

const statuses: [WordStatus, string][] = [
  ["failed", "Failed, when it says"],
  ["warning", "Warning, when it says"],
  ["success", "Success, when it says"],
];

/** How the result is told from words: the worst of those in the mail counts. */
export function WordFields({ rule, onChange, errors }: Props) {
  return (
    <fieldset className="grid gap-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium">Result</legend>
      <p className="text-muted text-sm">
        Whole words or phrases, one a line. The worst of those that stand in the mail counts. Without any of them the
        result is unknown, never a success.
      </p>
      <div className="grid gap-3 sm:grid-cols-3">
        {statuses.map(([status, label]) => (
          <TextArea
            key={status}
            label={label}
            name={`words_${status}`}
            rows={3}
            defaultValue={rule.words[status].join("\n")}
            onChange={(event) =>
              onChange({ words: { ...rule.words, [status]: event.currentTarget.value.split("\n").slice(0, 50) } })
            }
            error={errors[`words.${status}`]}
          />
        ))}
      </div>
    </fieldset>
  );
}

const extracts = [
  ["jobName", "Job name", "Without it, what stays the same in the subject."],
  ["host", "Host", "Without it, jobs are told apart by the sender."],
  ["customer", "Customer", "Helps to suggest the customer."],
] as const;

/** Where the names stand. */
export function NameFields({ rule, onChange, errors }: Props) {
  return (
    <fieldset className="grid gap-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium">Names</legend>
      {extracts.map(([name, label, hint]) => (
        <ExtractField
          key={name}
          {...{ name, label, hint }}
          extract={rule[name]}
          error={errors[name]}
          onChange={(extract) => onChange({ [name]: extract })}
        />
      ))}
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label="Software"
          name="software"
          value={rule.software}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => onChange({ software: event.currentTarget.value })}
        />
        <TextField
          label="Job type"
          name="job_type"
          value={rule.jobType}
          maxLength={100}
          autoComplete="off"
          hint="Such as backup, replication or restore."
          onChange={(event) => onChange({ jobType: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}

type ExtractProps = {
  name: string;
  label: string;
  hint: string;
  extract: Extract;
  error: string | undefined;
  onChange: (extract: Extract) => void;
};

function ExtractField({ name, label, hint, extract, error, onChange }: ExtractProps) {
  const isPattern = extract.from !== "fixed";
  return (
    <div className="grid items-start gap-2 sm:grid-cols-2">
      <SelectField
        label={label}
        name={`${name}_from`}
        value={extract.from}
        hint={extract.from === "none" ? hint : undefined}
        onChange={(event) => onChange({ ...extract, from: event.currentTarget.value as Extract["from"] })}
        options={extractSources.map((value) => ({ value, label: sourceLabels[value] }))}
      />
      {extract.from !== "none" && (
        <TextField
          label={isPattern ? `${label}: pattern` : `${label}: text`}
          name={`${name}_text`}
          value={extract.text}
          maxLength={500}
          autoComplete="off"
          hint={isPattern ? "Put brackets around the part you want: Job: (.+)" : undefined}
          onChange={(event) => onChange({ ...extract, text: event.currentTarget.value })}
          error={error}
        />
      )}
    </div>
  );
}
