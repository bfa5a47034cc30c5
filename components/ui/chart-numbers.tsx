import { statuses } from "./status";
import type { stackOrder } from "./status-pattern";

type Stacked = (typeof stackOrder)[number];
export type Bar = { label: string; href?: string; values: Partial<Record<Stacked, number>> };

/** The numbers of a chart, for screen readers and for everybody who prefers them; the same links as the bars. */
export function ChartNumbers({ label, data, shown }: { label: string; data: Bar[]; shown: Stacked[] }) {
  return (
    <details className="text-sm">
      <summary className="w-fit text-muted">Show as table</summary>
      <div className="mt-2 max-h-72 overflow-auto">
        <table className="tabular-nums">
          <caption className="sr-only">{label}</caption>
          <thead>
            <tr className="text-muted text-xs">
              <th scope="col" className="pr-4 text-left">
                Day
              </th>
              {shown.map((status) => (
                <th scope="col" key={status} className="px-3 text-right">
                  {statuses[status].label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.map((bar) => (
              <tr key={bar.label} className="border-line border-t">
                <th scope="row" className="pr-4 text-left font-normal">
                  {bar.href ? <a href={bar.href}>{bar.label}</a> : bar.label}
                </th>
                {shown.map((status) => (
                  <td key={status} className="px-3 text-right">
                    {bar.values[status] ?? 0}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
