import { FormSelect } from "@/components/form/form-fields";
import type { ReportChoices } from "@/lib/reports/queries";
import { kindLabels } from "@/lib/reports/rules";
import { reportKinds } from "@/lib/reports/types";

/** For a select: everything, or one. */
export const withAll = (all: string, choices: readonly { id: string; name: string }[]) => [
  { value: "", label: all },
  ...choices.map(({ id, name }) => ({ value: id, label: name })),
];

export const kindOptions = reportKinds.map((kind) => ({ value: kind, label: kindLabels[kind] }));

export const softwareOptions = (software: readonly string[]) =>
  withAll(
    "All software",
    software.map((name) => ({ id: name, name })),
  );

type Chosen = { customer: string; group: string; type: string; software: string };

/** What a saved report is about. */
export function ChoiceFields({ choices, chosen }: { choices: ReportChoices; chosen: Chosen }) {
  return (
    <>
      <FormSelect
        label="Customer"
        name="customer"
        defaultValue={chosen.customer}
        options={withAll("All customers", choices.customers)}
      />
      {choices.groups.length > 0 && (
        <FormSelect
          label="Group"
          name="group"
          defaultValue={chosen.group}
          options={withAll("All groups", choices.groups)}
        />
      )}
      <FormSelect
        label="Resource type"
        name="type"
        defaultValue={chosen.type}
        options={withAll("All types", choices.types)}
      />
      <FormSelect
        label="Software"
        name="software"
        defaultValue={chosen.software}
        options={softwareOptions(choices.software)}
      />
    </>
  );
}
