"use client";
import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import type { MonthDay, Schedule } from "@/lib/schedules/types";
import { ordinal, weekdayNames } from "@/lib/schedules/words";
import { TimeList } from "./time-list";

type Monthly = Extract<Schedule, { kind: "monthly" }>;
type Props = { plan: Monthly; onChange: (plan: Monthly) => void };

const dates = Array.from({ length: 31 }, (_, i) => ({ value: `day ${i + 1}`, label: `${ordinal(i + 1)}` }));
const places = [
  ...dates,
  { value: "last", label: "Last day" },
  ...[1, 2, 3, 4, -1].map((nth) => ({ value: `nth ${nth}`, label: nth < 0 ? "Last ..." : `${ordinal(nth)} ...` })),
];
const weekdays = weekdayNames.map((label, i) => ({ value: String(i + 1), label }));

/** Dates, the last day, or a weekday such as the third Tuesday. */
export function MonthlyFields({ plan, onChange }: Props) {
  const put = (at: number, on: MonthDay) => onChange({ ...plan, on: plan.on.map((one, i) => (i === at ? on : one)) });
  return (
    <>
      {plan.on.map((on, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two days may be equal while one chooses
        <div key={at} className="flex flex-wrap items-center gap-2">
          <Select
            aria-label={`Day ${at + 1} of the month`}
            options={places}
            value={placeOf(on)}
            onChange={(event) => put(at, dayOf(event.currentTarget.value, on))}
          />
          {"nth" in on && (
            <Select
              aria-label={`Weekday of day ${at + 1}`}
              options={weekdays}
              value={String(on.weekday)}
              onChange={(event) => put(at, { nth: on.nth, weekday: Number(event.currentTarget.value) })}
            />
          )}
          {plan.on.length > 1 && (
            <Button
              variant="ghost"
              size="sm"
              icon={<X aria-hidden />}
              aria-label={`Remove day ${at + 1}`}
              onClick={() => onChange({ ...plan, on: plan.on.filter((_, i) => i !== at) })}
            />
          )}
        </div>
      ))}
      {plan.on.some((on) => "day" in on && on.day > 28) && (
        <p className="text-muted text-sm">
          Months without this day are skipped. For the end of each month choose "Last day".
        </p>
      )}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden />}
          onClick={() => onChange({ ...plan, on: [...plan.on, { day: 15 }] })}
        >
          Add a day
        </Button>
      </div>
      <TimeList times={plan.times} onChange={(times) => onChange({ ...plan, times })} />
    </>
  );
}

const placeOf = (on: MonthDay): string => ("day" in on ? `day ${on.day}` : "last" in on ? "last" : `nth ${on.nth}`);

function dayOf(place: string, before: MonthDay): MonthDay {
  const [kind, number] = place.split(" ");
  if (kind === "last") return { last: true };
  if (kind === "nth") return { nth: Number(number), weekday: "weekday" in before ? before.weekday : 2 };
  return { day: Number(number) };
}
