import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { statuses } from "@/components/ui/status";
import { patternUrl, StatusPatterns, StatusSwatch, stackOrder } from "@/components/ui/status-pattern";
import { type Access, can } from "@/lib/access/can";
import { dailyFigures } from "@/lib/dashboard/queries";
import { type DayFigures, weeksOf } from "@/lib/dashboard/rules";
import { type Counts, statusOrder, totalOf } from "@/lib/statuses";

const PREFIX = "month";
const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Thirty days as a calendar: each with its runs, what failed, and a bar of how they ended; for who may make one, a link to its report. */
export async function Month({ access }: { access: Access }) {
  const days = await dailyFigures();
  if (days.every(({ counts }) => totalOf(counts) === 0)) return null;
  const reports = can(access, "reports.generate");
  return (
    <Card title="Last 30 days">
      <svg aria-hidden="true" width="0" height="0" className="absolute">
        <StatusPatterns prefix={PREFIX} />
      </svg>
      <table className="w-full table-fixed border-separate border-spacing-1 text-sm tabular-nums">
        <caption className="sr-only">Runs of the last 30 days</caption>
        <thead>
          <tr className="text-muted text-xs">
            {names.map((name) => (
              <th key={name} scope="col" className="font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(days).map((week, at) => (
            <tr key={week.find((day) => day)?.day ?? at}>
              {week.map((day, weekday) => (
                <td key={day?.day ?? names[weekday]} className="p-0 align-top">
                  {day && <Day figures={day} href={reports ? `/reports?from=${day.day}&to=${day.day}` : undefined} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {stackOrder.map((status) => (
          <li key={status} className="inline-flex items-center gap-1.5">
            <StatusSwatch prefix={PREFIX} status={status} />
            {statuses[status].label}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Day({ figures: { day, counts }, href }: { figures: DayFigures; href?: string }) {
  const trouble = counts.failed + counts.missed;
  const content = (
    <>
      <span className="flex items-baseline justify-between gap-1">
        <span className="text-muted text-xs">{Number(day.slice(8))}</span>
        {trouble > 0 && <span className="font-semibold text-danger">{trouble}</span>}
      </span>
      <DayBar counts={counts} />
      <span className="sr-only">{inWords(day, counts)}</span>
    </>
  );
  const look = "block min-h-11 rounded border border-line px-1.5 py-1";
  if (!href) return <div className={look}>{content}</div>;
  return (
    <a
      href={href}
      title={inWords(day, counts)}
      className={cx(look, "no-underline hover:border-accent hover:bg-sunken")}
    >
      {content}
    </a>
  );
}

function DayBar({ counts }: { counts: Counts }) {
  const total = totalOf(counts);
  let x = 0;
  return (
    <svg aria-hidden="true" width="100%" height="8" className="mt-1 block rounded-xs bg-sunken">
      {total > 0 &&
        stackOrder.map((status) => {
          const from = x;
          x += counts[status] / total;
          return counts[status] === 0 ? null : (
            <rect
              key={status}
              x={`${(from * 100).toFixed(2)}%`}
              width={`${((counts[status] / total) * 100).toFixed(2)}%`}
              height="8"
              fill={patternUrl(PREFIX, status)}
            />
          );
        })}
    </svg>
  );
}

function inWords(day: string, counts: Counts): string {
  const parts = statusOrder.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  return `${day}: ${parts.join(", ") || "no runs"}`;
}
