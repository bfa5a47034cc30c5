import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { Badge } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { AuditRow, AuditSort } from "@/lib/audit/queries";
import { formatCount, formatMoment } from "@/lib/format";
import { hrefOf, type ListPage, type ListQuery, sortLink } from "@/lib/list";

type Props = { page: ListPage<AuditRow>; query: ListQuery<AuditSort>; timeZone: string };

export function AuditTable({ page, query, timeZone }: Props) {
  if (page.rows.length === 0) {
    return (
      <EmptyState title="No entry matches." action={<ButtonLink href="/audit-log">Show all</ButtonLink>}>
        Entries are written from the first sign-in on; a narrower search may hide them.
      </EmptyState>
    );
  }
  return (
    <>
      <Table caption="Audit entries" cards>
        <thead>
          <tr>
            <Th sort={sortLink("/audit-log", query, "at")}>When</Th>
            <Th>Who</Th>
            <Th>Role</Th>
            <Th>Action</Th>
            <Th>On</Th>
            <Th>Outcome</Th>
            <Th>From</Th>
            <Th>Details</Th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <Tr key={row.id}>
              <Td label="When">
                <time dateTime={row.at.toISOString()}>{formatMoment(row.at, timeZone)}</time>
              </Td>
              <Td label="Who">{row.actor || "nobody"}</Td>
              <Td label="Role">{row.role || "–"}</Td>
              <Td label="Action">{row.action}</Td>
              <Td label="On">{row.target || "–"}</Td>
              <Td label="Outcome">
                <Badge tone={row.outcome === "done" ? "success" : "danger"}>
                  {row.outcome === "done" ? "Done" : "Refused"}
                </Badge>
              </Td>
              <Td label="From">{row.address}</Td>
              <Td label="Details">
                <Details row={row} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <Pager
        previousHref={page.previous && hrefOf("/audit-log", query, { cursor: page.previous })}
        nextHref={page.next && hrefOf("/audit-log", query, { cursor: page.next })}
        summary={formatCount(page.rows.length, "entry", "entries")}
      />
    </>
  );
}

function Details({ row }: { row: AuditRow }) {
  const parts = { Reason: row.reason, Before: row.before, After: row.after };
  const told = Object.entries(parts).filter(([, value]) => value !== null);
  if (told.length === 0) return "–";
  return (
    <details>
      <summary className="cursor-pointer">{row.reason ?? "Show"}</summary>
      {told.map(([name, value]) => (
        <p key={name} className="max-w-96 break-words text-sm">
          <b>{name}:</b> {typeof value === "string" ? value : JSON.stringify(value)}
        </p>
      ))}
    </details>
  );
}
