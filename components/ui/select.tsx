import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { control, type Option } from "./control";
import { cx } from "./cx";

/** A native select without a label of its own: give it `aria-label` or use SelectField. */
export function Select({ options, className, ...select }: { options: Option[] } & ComponentProps<"select">) {
  return (
    <span className={cx("relative inline-flex min-w-0", className)}>
      <select className={cx(control, "min-h-9 w-full appearance-none truncate py-1 pr-8 pl-2.5")} {...select}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
