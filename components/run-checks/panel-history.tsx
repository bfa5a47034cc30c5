import Link from "next/link";
import { Sparkline, StatusStrip } from "@/components/ui/charts";
import type { RunPanelData } from "@/lib/desk-overview/run-panel";
import { formatBytes, formatDuration, formatMoment } from "@/lib/format";
import { statusLabels } from "@/lib/statuses";
import { Part } from "./part";

type Props = { history: RunPanelData["history"]; runId: string; jobId: string; timeZone: string };

/** How the job went lately: each run as a mark, and the lines of size and duration. */
export function PanelHistory({ history, runId, jobId, timeZone }: Props) {
  const label = `Last ${history.length} runs`;
  const marks = history.map(({ status, ranAt }, i) => ({
    label: `${i + 1} of ${history.length}, ${formatMoment(ranAt, timeZone)}`,
    status,
  }));
  return (
    <Part title="History of the job">
      <div className="overflow-x-auto">
        <StatusStrip label={label} days={marks} />
      </div>
      <Trend name="Size" values={history.flatMap(({ sizeBytes }) => sizeBytes ?? [])} format={formatBytes} />
      <Trend
        name="Duration"
        values={history.flatMap(({ durationSeconds }) => durationSeconds ?? [])}
        format={formatDuration}
      />
      <details>
        <summary>{label}</summary>
        <ol reversed className="mt-1 grid gap-0.5 pl-6">
          {[...history].reverse().map((run) => (
            <li key={run.id} aria-current={run.id === runId || undefined}>
              <Link href={`/runs/${run.id}`} prefetch={false}>
                {formatMoment(run.ranAt, timeZone)}
              </Link>
              {`, ${statusLabels[run.status].toLowerCase()}`}
              {run.sizeBytes !== null && `, ${formatBytes(run.sizeBytes)}`}
            </li>
          ))}
        </ol>
      </details>
      <p>
        <Link href={`/jobs/${jobId}`} prefetch={false}>
          Open the job
        </Link>
      </p>
    </Part>
  );
}

function Trend({ name, values, format }: { name: string; values: number[]; format: (value: number) => string }) {
  const last = values.at(-1);
  if (last === undefined || values.length < 2) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm">
      <span className="font-medium">{name}</span>
      <Sparkline label={`${name} of the last ${values.length} runs`} values={values} />
      <span className="text-muted">{`last ${format(last)}, between ${format(Math.min(...values))} and ${format(Math.max(...values))}`}</span>
    </p>
  );
}
