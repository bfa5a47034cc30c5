import { Alert } from "@/components/ui/alert";
import { EmptyState } from "@/components/ui/empty-state";
import { statuses } from "@/components/ui/status";
import { StatusPatterns, StatusSwatch, stackOrder } from "@/components/ui/status-pattern";
import type { Access } from "@/lib/access/can";
import type { CalendarRow, Section } from "@/lib/reports/types";
import { CellLink } from "./cell-link";

type CalendarSection = Extract<Section, { kind: "calendar" }>;

const MOST_ROWS = 400;
const PREFIX = "calendar";
/** px of a day, and of a row. */
const [WIDTH, HEIGHT] = [14, 20];

/** Jobs below each other, days beside each other, a mark for how each day ended: drawn as one picture a row, with the same in words. */
export function ReportCalendar({ access, section }: { access: Access; section: CalendarSection }) {
  const { title, note, days, rows } = section;
  if (rows.length === 0) return <EmptyState title="No job ran in these days." />;
  const shown = rows.slice(0, MOST_ROWS);
  return (
    <section className="grid gap-2">
      <h2 className="text-lg">{title}</h2>
      {note && <p className="text-muted text-sm">{note}</p>}
      {rows.length > MOST_ROWS && (
        <Alert tone="info">
          {rows.length.toLocaleString("en")} jobs are too many for one page: below are the first {MOST_ROWS}. Choose a
          customer, or export the days as CSV.
        </Alert>
      )}
      <section
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        className="overflow-x-auto contain-inline-size rounded-lg border border-line bg-surface p-3"
      >
        <table className="text-sm">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr className="text-left text-muted text-xs">
              <th scope="col" className="sticky left-0 bg-surface pr-3">
                Job
              </th>
              <th scope="col">
                <Heads days={days} />
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.jobId} className="border-line border-t">
                <th scope="row" className="sticky left-0 max-w-56 bg-surface py-0.5 pr-3 text-left font-normal">
                  <span className="block truncate text-muted text-xs">{row.customer}</span>
                  <span className="block truncate">
                    <CellLink access={access} to={{ to: "jobs", id: row.jobId }}>
                      {row.job}
                    </CellLink>
                  </span>
                </th>
                <td>
                  <Days row={row} days={days} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {stackOrder.map((status) => (
          <li key={status} className="inline-flex items-center gap-1.5">
            <StatusSwatch prefix={PREFIX} status={status} />
            {statuses[status].label}
          </li>
        ))}
        <li className="text-muted">Empty: no run</li>
      </ul>
    </section>
  );
}

function Heads({ days }: { days: string[] }) {
  return (
    <svg aria-hidden="true" width={days.length * WIDTH} height="28" className="block">
      <StatusPatterns prefix={PREFIX} />
      {days.map((day, index) => (
        <text key={day} x={index * WIDTH + WIDTH / 2} y="24" textAnchor="middle" className="fill-muted text-[9px]">
          {Number(day.slice(8))}
        </text>
      ))}
      {days.map((day, index) =>
        // Of a month with few days at the beginning the name would run into that of the next.
        day.endsWith("-01") || (index === 0 && !days.slice(1, 4).some((next) => next.endsWith("-01"))) ? (
          <text key={day} x={index * WIDTH + 2} y="10" className="fill-muted text-[10px]">
            {day.slice(0, 7)}
          </text>
        ) : null,
      )}
    </svg>
  );
}

function Days({ row, days }: { row: CalendarRow; days: string[] }) {
  return (
    <svg role="img" aria-label={inWords(row, days)} width={days.length * WIDTH} height={HEIGHT} className="block">
      {row.days.map((status, index) =>
        status === null ? null : (
          <rect
            key={days[index]}
            x={index * WIDTH + 1}
            y="3"
            width={WIDTH - 2}
            height={HEIGHT - 6}
            rx="2"
            fill={`url(#${PREFIX}-${status})`}
          >
            <title>{`${days[index]}: ${statuses[status].label}`}</title>
          </rect>
        ),
      )}
    </svg>
  );
}

/** What is no success stands in it with its day. */
function inWords({ days: results }: CalendarRow, days: string[]): string {
  const trouble = results.flatMap((status, index) =>
    status && status !== "success" ? [`${days[index]} ${statuses[status].label.toLowerCase()}`] : [],
  );
  const good = results.filter((status) => status === "success").length;
  return [`${good} days success`, ...trouble].join(", ");
}
