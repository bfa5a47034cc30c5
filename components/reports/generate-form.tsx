import Form from "next/form";
import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SelectField, TextField } from "@/components/ui/field";
import { presets } from "@/lib/reports/rules";

type Props = {
  today: string;
  from: string;
  to: string;
  customer: string;
  customers: { id: string; name: string }[];
  /** What is wrong with the period in the address. */
  problem: string | null;
};

/** Asks for a period and perhaps a customer; what was asked stands in the address. */
export function GenerateForm({ today, from, to, customer, customers, problem }: Props) {
  return (
    <Card title="Generate a report">
      <Form action="/reports" scroll={false} prefetch={false} className="flex flex-wrap items-end gap-3">
        <TextField label="From" name="from" type="date" defaultValue={from} max={today} required />
        <TextField label="To" name="to" type="date" defaultValue={to} max={today} required />
        <div className="min-w-0 max-w-full flex-[0_1_18rem]">
          <SelectField
            label="Customer"
            name="customer"
            defaultValue={customer}
            className="w-full"
            options={[
              { value: "", label: "All customers" },
              ...customers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
        <Button type="submit" variant="primary">
          Generate
        </Button>
      </Form>
      <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {presets(today).map((preset) => (
          <Link
            key={preset.label}
            prefetch={false}
            scroll={false}
            className="pointer-coarse:py-2.5"
            href={`/reports?${new URLSearchParams({ from: preset.from, to: preset.to, ...(customer && { customer }) })}`}
          >
            {preset.label}
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
