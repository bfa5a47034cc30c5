import { Badge } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { CalendarRow, CalendarSort } from "@/lib/calendar/queries";
import { daysInWords, kindLabels, type Scope, scopeInWords, scopeOf } from "@/lib/calendar/types";
import { formatMoment, formatTyped } from "@/lib/format";
import { type ListQuery, sortLink } from "@/lib/list";
import { EditQuietTime } from "./edit-quiet-time";

type Props = { rows: CalendarRow[]; query: ListQuery<CalendarSort>; scopes: Scope[]; timeZone: string };

export function CalendarTable({ rows, query, scopes, timeZone }: Props) {
  const sort = (by: CalendarSort) => sortLink("/settings/calendar", query, by);
  return (
    <Table caption="Holidays and maintenance" cards>
      <thead>
        <tr>
          <Th sort={sort("when")}>When</Th>
          <Th sort={sort("name")}>Name</Th>
          <Th>Kind</Th>
          <Th>Applies to</Th>
          <Th>Added by</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td label="When">{whenInWords(row, timeZone)}</Td>
            <Td header label="Name" className="text-left">
              {row.name}
            </Td>
            <Td label="Kind">
              <Badge tone={row.kind === "holiday" ? "info" : "neutral"}>{kindLabels[row.kind]}</Badge>
            </Td>
            <Td label="Applies to">{scopeInWords(row)}</Td>
            <Td label="Added by">{row.createdBy}</Td>
            <Td>
              {row.changeable && (
                <EditQuietTime
                  id={row.id}
                  version={row.version}
                  shown={shownOf(row, timeZone)}
                  scopes={scopes}
                  timeZone={timeZone}
                />
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

const whenInWords = (row: CalendarRow, timeZone: string): string =>
  row.kind === "holiday"
    ? daysInWords(row)
    : `${formatMoment(row.startsAt, timeZone)} to ${formatMoment(row.endsAt, timeZone)}`;

const shownOf = (row: CalendarRow, timeZone: string) => ({
  ...{ kind: row.kind, name: row.name, scope: scopeOf(row), customer: row.customer, job: row.job },
  ...{ fromDay: row.fromDay ?? "", toDay: row.toDay ?? "", isYearly: row.isYearly },
  starts: row.startsAt ? formatTyped(row.startsAt, timeZone) : "",
  ends: row.endsAt ? formatTyped(row.endsAt, timeZone) : "",
});
