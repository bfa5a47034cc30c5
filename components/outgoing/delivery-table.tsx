import { ActionButton } from "@/components/form/action-button";
import { Pager } from "@/components/ui/pager";
import { Badge, type Tone } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatCount, formatMoment } from "@/lib/format";
import { hrefOf, type ListPage, type ListQuery } from "@/lib/list";
import { retryDelivery } from "@/lib/outgoing/actions";
import type { DeliveryRow, DeliverySort } from "@/lib/outgoing/queries";
import { type DeliveryState, stateOf } from "@/lib/outgoing/rules";

const states: Record<DeliveryState, { tone: Tone; label: string }> = {
  sent: { tone: "success", label: "Sent" },
  waiting: { tone: "neutral", label: "Waiting" },
  again: { tone: "warning", label: "Tried, will be tried again" },
  failed: { tone: "danger", label: "Given up" },
};

type Props = { path: string; page: ListPage<DeliveryRow>; query: ListQuery<DeliverySort>; timeZone: string };

export function DeliveryTable({ path, page, query, timeZone }: Props) {
  return (
    <>
      <Table caption="Mails and calls" cards>
        <thead>
          <tr>
            <Th>About</Th>
            <Th>Kind</Th>
            <Th>Made</Th>
            <Th>State</Th>
            <Th>What happened</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <Delivery key={row.id} row={row} timeZone={timeZone} />
          ))}
        </tbody>
      </Table>
      <Pager
        previousHref={page.previous && hrefOf(path, query, { cursor: page.previous })}
        nextHref={page.next && hrefOf(path, query, { cursor: page.next })}
        summary={`${formatCount(page.rows.length, "entry", "entries")} shown`}
      />
    </>
  );
}

function Delivery({ row, timeZone }: { row: DeliveryRow; timeZone: string }) {
  const state = stateOf(row);
  const { tone, label } = states[state];
  return (
    <Tr>
      <Td header label="About">
        {row.about}
      </Td>
      <Td label="Kind">{row.kind === "mail" ? "Mail" : "Call"}</Td>
      <Td label="Made" className="whitespace-nowrap">
        {formatMoment(row.createdAt, timeZone)}
      </Td>
      <Td label="State">
        <Badge tone={tone}>{label}</Badge>
      </Td>
      <Td label="What happened" className="break-words">
        <span className="min-w-0">
          {row.error ?? (state === "sent" ? `Taken at ${formatMoment(row.sentAt, timeZone)}` : "–")}
          {state === "again" && (
            <span className="block text-muted">
              {formatCount(row.attempts, "try", "tries")}, next at {formatMoment(row.nextAttemptAt, timeZone)}
            </span>
          )}
        </span>
      </Td>
      <Td>
        {(state === "again" || state === "failed") && (
          <ActionButton
            action={retryDelivery}
            hidden={{ id: row.id }}
            size="sm"
            aria-label={`Try again: ${row.about}, ${row.kind === "mail" ? "mail" : "call"}`}
          >
            Try again
          </ActionButton>
        )}
      </Td>
    </Tr>
  );
}
