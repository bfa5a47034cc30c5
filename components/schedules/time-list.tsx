"use client";
import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { control } from "@/components/ui/control";
import { cx } from "@/components/ui/cx";

type Props = { times: string[]; onChange: (times: string[]) => void };

/** Times of day, one or more. */
export function TimeList({ times, onChange }: Props) {
  const put = (at: number, time: string) => onChange(times.map((one, i) => (i === at ? time : one)));
  return (
    <div className="flex flex-wrap items-center gap-2">
      {times.map((time, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two times may be equal while one types
        <span key={at} className="inline-flex items-center gap-1">
          <TimeInput label={`Time ${at + 1}`} value={time} onChange={(value) => put(at, value)} />
          {times.length > 1 && (
            <Button
              variant="ghost"
              size="sm"
              icon={<X aria-hidden />}
              aria-label={`Remove time ${at + 1}`}
              onClick={() => onChange(times.filter((_, i) => i !== at))}
            />
          )}
        </span>
      ))}
      <Button size="sm" icon={<Plus aria-hidden />} onClick={() => onChange([...times, "12:00"])}>
        Add a time
      </Button>
    </div>
  );
}

type InputProps = { label: string; value: string; onChange: (value: string) => void };

export function TimeInput({ label, value, onChange }: InputProps) {
  return (
    <input
      type="time"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.slice(0, 5))}
      className={cx(control, "min-h-9 px-2 py-1")}
    />
  );
}
