import type { Bar } from "./chart-numbers";
import { statuses } from "./status";
import { patternUrl, stackOrder } from "./status-pattern";

type Props = { bar: Bar; x: number; width: number; prefix: string; highest: number; chartHeight: number };

/** One bar of StackedBars; `x` and `width` are parts of the whole width, `highest` is the count that fills `chartHeight` px. */
export function ChartColumn({ bar, x, width, prefix, highest, chartHeight }: Props) {
  let top = chartHeight - 1;
  const rects = stackOrder.flatMap((status) => {
    const count = bar.values[status] ?? 0;
    if (count === 0) return [];
    const height = Math.max(2, (count / highest) * (chartHeight - 8));
    top -= height;
    return [
      <rect
        key={status}
        x={percent(x + width * 0.12)}
        width={percent(width * 0.76)}
        y={top}
        height={height}
        fill={patternUrl(prefix, status)}
      />,
    ];
  });
  const column = (
    <>
      <title>{inWords(bar)}</title>
      <rect
        x={percent(x)}
        width={percent(width)}
        y="0"
        height={chartHeight}
        className="fill-transparent hover:fill-sunken"
      />
      <g className="pointer-events-none">{rects}</g>
    </>
  );
  // The table below has the same links for the keyboard and for screen readers.
  return bar.href ? (
    <a href={bar.href} tabIndex={-1}>
      {column}
    </a>
  ) : (
    <g>{column}</g>
  );
}

function percent(part: number) {
  return `${(part * 100).toFixed(3)}%`;
}

function inWords(bar: Bar) {
  const parts = stackOrder
    .filter((status) => bar.values[status])
    .map((status) => `${bar.values[status]} ${statuses[status].label.toLowerCase()}`);
  return `${bar.label}: ${parts.join(", ") || "no runs"}`;
}
