import { Card } from "@/components/ui/card";
import { formatBytes } from "@/lib/format";
import type { Section } from "@/lib/reports/types";

type LineSection = Extract<Section, { kind: "line" }>;

const HEIGHT = 140; // px

/** Bytes day by day as a filled line; the same numbers as a table for everybody who prefers it. */
export function ReportLine({ section: { title, points } }: { section: LineSection }) {
  const known = points.flatMap(({ bytes }) => bytes ?? []);
  if (known.length < 2) return null;
  const highest = Math.max(1, ...known);
  const x = (index: number) => ((index / Math.max(1, points.length - 1)) * 1000).toFixed(1);
  const y = (bytes: number) => (HEIGHT - 2 - (bytes / highest) * (HEIGHT - 12)).toFixed(1);
  const line = points.flatMap(({ bytes }, index) => (bytes === null ? [] : `${x(index)},${y(bytes)}`)).join(" ");
  return (
    <Card title={title}>
      <figure className="grid gap-2">
        <figcaption className="sr-only">{title}</figcaption>
        <svg
          aria-hidden="true"
          width="100%"
          height={HEIGHT}
          viewBox={`0 0 1000 ${HEIGHT}`}
          preserveAspectRatio="none"
          className="block"
        >
          <polygon points={`0,${HEIGHT} ${line} 1000,${HEIGHT}`} className="fill-accent-soft" />
          <polyline
            points={line}
            className="fill-none stroke-accent"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        <div className="flex justify-between text-muted text-xs">
          <span>
            {points[0]?.day}: {formatBytes(points[0]?.bytes ?? null)}
          </span>
          <span>Highest: {formatBytes(highest)}</span>
          <span>
            {points.at(-1)?.day}: {formatBytes(points.at(-1)?.bytes ?? null)}
          </span>
        </div>
        <details className="text-sm">
          <summary className="w-fit text-muted">Show as table</summary>
          <table className="mt-2 tabular-nums">
            <caption className="sr-only">{title}</caption>
            <thead>
              <tr className="text-muted text-xs">
                <th scope="col" className="pr-4 text-left">
                  Day
                </th>
                <th scope="col" className="text-right">
                  Size
                </th>
              </tr>
            </thead>
            <tbody>
              {points.map(({ day, bytes }) => (
                <tr key={day} className="border-line border-t">
                  <th scope="row" className="pr-4 text-left font-normal">
                    {day}
                  </th>
                  <td className="text-right">{formatBytes(bytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figure>
    </Card>
  );
}
