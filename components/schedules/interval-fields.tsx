"use client";
import { TextField } from "@/components/ui/field";
import { formatTyped } from "@/lib/format";
import { momentIn } from "@/lib/moments";
import type { Schedule } from "@/lib/schedules/types";

type Interval = Extract<Schedule, { kind: "interval" }>;
type Props = { plan: Interval; onChange: (plan: Interval) => void; zone: string };

/** Every so many hours from a moment. */
export function IntervalFields({ plan, onChange, zone }: Props) {
  return (
    <>
      <TextField
        label="Hours from one run to the next"
        name="plan_hours"
        type="number"
        min={1}
        max={720}
        defaultValue={plan.hours}
        onChange={(event) => onChange({ ...plan, hours: Number(event.currentTarget.value) })}
      />
      <TextField
        label="A moment at which it runs"
        name="plan_from"
        type="datetime-local"
        defaultValue={plan.anchor && formatTyped(new Date(plan.anchor), zone)}
        onChange={(event) => {
          const at = momentIn(event.currentTarget.value, zone);
          onChange({ ...plan, anchor: at ? at.toISOString() : "" });
        }}
      />
    </>
  );
}
