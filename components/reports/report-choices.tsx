import { FormSelect } from "@/components/form/form-fields";
import type { SelectField } from "@/components/ui/field";
import type { ReportChoices } from "@/lib/reports/queries";
import { kindLabels } from "@/lib/reports/rules";
import { reportKinds } from "@/lib/reports/types";

/** For a select: everything, or one. */
const withAll = (all: string, choices: readonly { id: string; name: string }[]) => [
  { value: "", label: all },
  ...choices.map(({ id, name }) => ({ value: id, label: name })),
];

export const kindOptions = reportKinds.map((kind) => ({ value: kind, label: kindLabels[kind] }));

const softwareOptions = (software: readonly string[]) =>
  withAll(
    "All software",
    software.map((name) => ({ id: name, name })),
  );

type Chosen = { customer: string; group: string; type: string; software: string };

type Props = { choices: ReportChoices; chosen: Chosen; select?: typeof SelectField };

/** What a report is about. @param props.select for a form that is sent to an action, or for one that leads to an address. */
export function ChoiceFields({ choices, chosen, select: Select = FormSelect }: Props) {
  return (
    <>
      <Select
        label="Customer"
        name="customer"
        defaultValue={chosen.customer}
        options={withAll("All customers", choices.customers)}
      />
      {choices.groups.length > 0 && (
        <Select
          label="Group"
          name="group"
          defaultValue={chosen.group}
          options={withAll("All groups", choices.groups)}
        />
      )}
      <Select
        label="Resource type"
        name="type"
        defaultValue={chosen.type}
        options={withAll("All types", choices.types)}
      />
      <Select
        label="Software"
        name="software"
        defaultValue={chosen.software}
        options={softwareOptions(choices.software)}
      />
    </>
  );
}
