import { type ReactNode, useId } from "react";

/** How far something is: `value` of `max`, with its label and both numbers in words. */
export function Progress({ value, max, label }: { value: number; max: number; label: ReactNode }) {
  const id = useId();

  return (
    <div className="grid gap-1 text-sm">
      <div className="flex justify-between gap-4">
        <label htmlFor={id}>{label}</label>
        <span className="text-muted tabular-nums">
          {value} of {max}
        </span>
      </div>
      <progress
        id={id}
        value={value}
        max={max}
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
    </div>
  );
}
