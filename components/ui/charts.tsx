import { useId } from "react";
import { ChartColumn } from "./chart-column";
import { type Bar, ChartNumbers } from "./chart-numbers";
import { cx } from "./cx";
import { type StatusName, statuses } from "./status";
import { StatusPatterns, StatusSwatch, stackOrder } from "./status-pattern";

const HEIGHT = 140; // px

/** Runs per day by status: one bar a day, a legend in words, and the same numbers as a table for everybody who prefers it. */
export function StackedBars({ label, data }: { label: string; data: Bar[] }) {
  const prefix = useId();
  const shown = stackOrder.filter((status) => data.some((bar) => bar.values[status]));
  const highest = Math.max(1, ...data.map(total));

  return (
    <figure className="grid gap-2">
      <figcaption className="sr-only">{label}</figcaption>
      <svg aria-hidden="true" width="100%" height={HEIGHT} className="block overflow-visible">
        <StatusPatterns prefix={prefix} />
        <line x1="0" x2="100%" y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="stroke-control" />
        {data.map((bar, index) => (
          <ChartColumn
            key={bar.label}
            bar={bar}
            x={index / data.length}
            width={1 / data.length}
            prefix={prefix}
            highest={highest}
            chartHeight={HEIGHT}
          />
        ))}
      </svg>
      <div className="flex justify-between text-muted text-xs" aria-hidden>
        <span>{data[0]?.label}</span>
        <span>Highest: {highest}</span>
        <span>{data.at(-1)?.label}</span>
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {shown.map((status) => (
          <li key={status} className="inline-flex items-center gap-1.5">
            <StatusSwatch prefix={prefix} status={status} />
            {statuses[status].label}:{" "}
            <span className="tabular-nums">{data.reduce((sum, bar) => sum + (bar.values[status] ?? 0), 0)}</span>
          </li>
        ))}
      </ul>
      <ChartNumbers label={label} data={data} shown={shown} />
    </figure>
  );
}

function total(bar: Bar) {
  return stackOrder.reduce((sum, status) => sum + (bar.values[status] ?? 0), 0);
}

/** A small line of numbers in time order; `label` says in words what it shows. */
export function Sparkline({ label, values }: { label: string; values: number[] }) {
  const highest = Math.max(1, ...values);
  const step = 100 / Math.max(1, values.length - 1);
  const points = values.map(
    (value, index) => `${(index * step).toFixed(1)},${(23 - (value / highest) * 22).toFixed(1)}`,
  );

  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 24"
      preserveAspectRatio="none"
      className="inline-block h-6 w-24"
    >
      <polyline
        points={points.join(" ")}
        vectorEffect="non-scaling-stroke"
        className="fill-none stroke-[1.5] stroke-accent"
      />
    </svg>
  );
}

type Day = { label: string; status: StatusName };

/** The last days of one job as a row of small marks, oldest first; each status has a shape of its own. */
export function StatusStrip({ days, label = "Last days" }: { days: Day[]; label?: string }) {
  return (
    <svg role="img" aria-label={`${label}: ${summary(days)}`} width={days.length * 14} height="12" className="block">
      {days.map((day, index) => (
        <g key={day.label} transform={`translate(${index * 14} 0)`} className={statuses[day.status].fill}>
          <title>{`${day.label}: ${statuses[day.status].label}`}</title>
          <path d={shapes[day.status]} className={cx(day.status === "missed" && "fill-none stroke-2 stroke-missed")} />
        </g>
      ))}
    </svg>
  );
}

const shapes: Record<StatusName, string> = {
  success: "M0 0h12v12h-12z",
  warning: "M6 0L12 12H0z",
  failed: "M0 2L2 0L6 4L10 0L12 2L8 6L12 10L10 12L6 8L2 12L0 10L4 6z",
  unknown: "M6 0L12 6L6 12L0 6z",
  missed: "M1 1h10v10h-10z",
  none: "M3 5h6v2h-6z",
};

function summary(days: Day[]) {
  const names = [...new Set(days.map((day) => day.status))];
  const count = (name: StatusName) => days.filter((day) => day.status === name).length;
  return names.map((name) => `${count(name)} ${statuses[name].label.toLowerCase()}`).join(", ");
}
