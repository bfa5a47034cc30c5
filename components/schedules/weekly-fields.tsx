"use client";
import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import type { Schedule } from "@/lib/schedules/types";
import { weekdayNames } from "@/lib/schedules/words";
import { TimeInput } from "./time-list";

type Weekly = Extract<Schedule, { kind: "weekly" }>;
type Props = { plan: Weekly; onChange: (plan: Weekly) => void };
type Time = Weekly["at"][number];

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const WORKDAYS = [1, 2, 3, 4, 5];

/** Times of day, each with its weekdays. */
export function WeeklyFields({ plan, onChange }: Props) {
  const put = (at: number, time: Time) => onChange({ ...plan, at: plan.at.map((one, i) => (i === at ? time : one)) });
  return (
    <div className="grid gap-3">
      {plan.at.map((time, at) => (
        <WeeklyTime
          // biome-ignore lint/suspicious/noArrayIndexKey: two times may be equal while one types
          key={at}
          number={at + 1}
          time={time}
          onChange={(changed) => put(at, changed)}
          onRemove={
            plan.at.length > 1 ? () => onChange({ ...plan, at: plan.at.filter((_, i) => i !== at) }) : undefined
          }
        />
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden />}
          onClick={() =>
            onChange({ ...plan, at: [...plan.at, { time: "12:00", weekdays: plan.at[0]?.weekdays ?? EVERY_DAY }] })
          }
        >
          Add a time
        </Button>
      </div>
    </div>
  );
}

type TimeProps = { number: number; time: Time; onChange: (time: Time) => void; onRemove?: () => void };

function WeeklyTime({ number, time, onChange, onRemove }: TimeProps) {
  const { weekdays } = time;
  const toggle = (weekday: number) => {
    const others = weekdays.filter((one) => one !== weekday);
    onChange({ ...time, weekdays: weekdays.includes(weekday) ? others : [...others, weekday].sort((a, b) => a - b) });
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">Time {number}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <TimeInput
          label={`Time ${number}`}
          value={time.time}
          onChange={(value) => onChange({ ...time, time: value })}
        />
        <Button size="sm" variant="ghost" onClick={() => onChange({ ...time, weekdays: EVERY_DAY })}>
          Every day
        </Button>
        <Button size="sm" variant="ghost" onClick={() => onChange({ ...time, weekdays: WORKDAYS })}>
          Weekdays
        </Button>
        {onRemove && (
          <Button
            size="sm"
            variant="ghost"
            icon={<X aria-hidden />}
            aria-label={`Remove time ${number}`}
            onClick={onRemove}
          />
        )}
      </div>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {weekdayNames.map((name, i) => (
          <Checkbox
            key={name}
            label={name.slice(0, 3)}
            aria-label={name}
            checked={weekdays.includes(i + 1)}
            onChange={() => toggle(i + 1)}
          />
        ))}
      </div>
    </fieldset>
  );
}
