import { Card } from "@/components/ui/card";
import { Sparkline, StackedBars, StatusStrip } from "@/components/ui/charts";
import type { DayMode } from "@/lib/days/rules";
import { formatBytes, formatDuration } from "@/lib/format";
import { HISTORY_DAYS, historyDays, markOf, type PastRun, runsOnceADay, trendOf } from "@/lib/jobs/rules";

/** The last 60 days: how the runs ended, and how size and duration went. */
export function JobHistory({ past, today, mode }: { past: PastRun[]; today: string; mode: DayMode }) {
  const days = historyDays(past, today);
  const label = `Runs of the last ${HISTORY_DAYS} days`;
  const strip = runsOnceADay(days) ? label : `Status of the last ${HISTORY_DAYS} days`;
  return (
    <Card title={`Last ${HISTORY_DAYS} days`}>
      {past.length === 0 && <p className="text-muted">No run in these days.</p>}
      {past.length > 0 && (
        <div className="grid gap-4">
          <section
            aria-label={strip}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
            tabIndex={0}
            className="overflow-x-auto contain-inline-size"
          >
            <StatusStrip label={strip} days={days.map((day) => markOf(day, mode))} />
            <p className="flex justify-between text-muted text-xs" style={{ width: days.length * 14 }}>
              <span>{days[0]?.label}</span>
              <span>{days.at(-1)?.label}</span>
            </p>
          </section>
          {!runsOnceADay(days) && <StackedBars label={label} data={days} />}
          <div className="flex flex-wrap gap-x-8 gap-y-2">
            <Trend name="Size" values={trendOf(past, "sizeBytes")} format={formatBytes} />
            <Trend name="Duration" values={trendOf(past, "durationSeconds")} format={formatDuration} />
          </div>
        </div>
      )}
    </Card>
  );
}

type TrendProps = { name: string; values: number[]; format: (value: number) => string };

function Trend({ name, values, format }: TrendProps) {
  const last = values.at(-1);
  if (last === undefined || values.length < 2) return null;
  const inWords = `last ${format(last)}, between ${format(Math.min(...values))} and ${format(Math.max(...values))}`;
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <span className="font-medium">{name}</span>
      <Sparkline label={`${name} of the last ${values.length} runs`} values={values} />
      <span className="text-muted">{inWords}</span>
    </p>
  );
}
