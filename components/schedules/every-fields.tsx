"use client";
import { SelectField, TextField } from "@/components/ui/field";
import type { Schedule } from "@/lib/schedules/types";
import { TimeList } from "./time-list";

type Every = Extract<Schedule, { kind: "every" }>;
type Props = { plan: Every; onChange: (plan: Every) => void };

/** Every so many days or weeks, from a day on which it runs. */
export function EveryFields({ plan, onChange }: Props) {
  const isWeeks = plan.days >= 7 && plan.days % 7 === 0;
  const unit = isWeeks ? 7 : 1;
  const count = (value: string) => onChange({ ...plan, days: Math.round(Number(value)) * unit });
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Every"
          name="plan_every"
          type="number"
          min={1}
          max={400}
          defaultValue={plan.days / unit}
          key={`every ${unit}`}
          onChange={(event) => count(event.currentTarget.value)}
        />
        <SelectField
          label="Unit"
          name="plan_unit"
          defaultValue={isWeeks ? "weeks" : "days"}
          options={[
            { value: "days", label: "days" },
            { value: "weeks", label: "weeks" },
          ]}
          onChange={(event) => onChange({ ...plan, days: event.currentTarget.value === "weeks" ? 14 : 2 })}
        />
      </div>
      <TextField
        label="A day on which it runs"
        name="plan_anchor"
        type="date"
        defaultValue={plan.anchor}
        onChange={(event) => onChange({ ...plan, anchor: event.currentTarget.value })}
      />
      <TimeList times={plan.times} onChange={(times) => onChange({ ...plan, times })} />
    </>
  );
}
