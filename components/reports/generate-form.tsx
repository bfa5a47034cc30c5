import Form from "next/form";
import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SelectField, TextField } from "@/components/ui/field";
import type { ReportChoices } from "@/lib/reports/queries";
import { presets } from "@/lib/reports/rules";
import { ChoiceFields, kindOptions } from "./report-choices";

type Props = {
  today: string;
  /** What stands in the address, or the defaults. */
  asked: Record<"from" | "to" | "kind" | "customer" | "group" | "type" | "software", string>;
  choices: ReportChoices;
  /** What is wrong with the period in the address. */
  problem: string | null;
};

/** Asks for a period and what of it; what was asked stands in the address. */
export function GenerateForm({ today, asked, choices, problem }: Props) {
  const { from, to, ...about } = asked;
  return (
    <Card title="Generate a report">
      <Form
        action="/reports"
        scroll={false}
        prefetch={false}
        className="grid grid-cols-1 items-end gap-3 sm:grid-cols-2 lg:grid-cols-4"
      >
        <SelectField label="Report" name="kind" defaultValue={about.kind} options={kindOptions} />
        <TextField label="From" name="from" type="date" defaultValue={from} max={today} required />
        <TextField label="To" name="to" type="date" defaultValue={to} max={today} required />
        <ChoiceFields choices={choices} chosen={about} select={SelectField} />
        <div>
          <Button type="submit" variant="primary">
            Generate
          </Button>
        </div>
      </Form>
      <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {presets(today).map(({ label, ...period }) => (
          <Link
            key={label}
            prefetch={false}
            scroll={false}
            className="pointer-coarse:py-2.5"
            href={`/reports?${addressOf({ ...period, ...about })}`}
          >
            {label}
          </Link>
        ))}
      </p>
      {problem && (
        <div className="mt-3">
          <Alert tone="danger">{problem}</Alert>
        </div>
      )}
    </Card>
  );
}

/** @returns the part of an address that asks for this report; what is not chosen is left out. */
export function addressOf(asked: Record<string, string>): string {
  return new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== "")).toString();
}
