"use client";
import { Alert } from "@/components/ui/alert";
import { SelectField } from "@/components/ui/field";
import type { Schedule } from "@/lib/schedules/types";
import { dateOf, localOf } from "@/lib/schedules/zones";
import { EveryFields } from "./every-fields";
import { IntervalFields } from "./interval-fields";
import { MonthlyFields } from "./monthly-fields";
import { PlanPreview } from "./plan-preview";
import { WeeklyFields } from "./weekly-fields";

type Props = { plan: Schedule; onChange: (plan: Schedule) => void; zone: string; error?: string };

const kinds: { value: Schedule["kind"]; label: string }[] = [
  { value: "weekly", label: "On days of the week" },
  { value: "every", label: "Every few days or weeks" },
  { value: "monthly", label: "On days of the month" },
  { value: "interval", label: "Every few hours" },
];

/** A schedule by hand, with what it means while one types. */
export function PlanFields({ plan, onChange, zone, error }: Props) {
  return (
    <fieldset className="grid gap-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium">Plan</legend>
      <SelectField
        label="Repeats"
        name="plan_kind"
        defaultValue={plan.kind}
        options={kinds}
        onChange={(event) => onChange(asKind(plan, event.currentTarget.value as Schedule["kind"], zone))}
      />
      {plan.kind === "weekly" && <WeeklyFields plan={plan} onChange={onChange} />}
      {plan.kind === "every" && <EveryFields plan={plan} onChange={onChange} />}
      {plan.kind === "monthly" && <MonthlyFields plan={plan} onChange={onChange} />}
      {plan.kind === "interval" && <IntervalFields plan={plan} onChange={onChange} zone={zone} />}
      {error ? <Alert tone="danger">{error}</Alert> : <PlanPreview plan={plan} zone={zone} />}
    </fieldset>
  );
}

/** Times that were entered are kept when somebody tries another way to repeat. */
function asKind(plan: Schedule, kind: Schedule["kind"], zone: string): Schedule {
  const found = plan.kind === "weekly" ? plan.at.map(({ time }) => time) : plan.kind === "interval" ? [] : plan.times;
  const times = found.length > 0 ? [...new Set(found)] : ["22:00"];
  if (kind === "weekly") return { kind, at: times.map((time) => ({ time, weekdays: [1, 2, 3, 4, 5, 6, 7] })) };
  if (kind === "every") return { kind, days: 2, anchor: dateOf(localOf(zone, Date.now()).day), times };
  if (kind === "monthly") return { kind, on: [{ day: 1 }], times };
  return { kind, hours: 4, anchor: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString() };
}
