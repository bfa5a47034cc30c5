import Link from "next/link";
import { Pager } from "@/components/ui/pager";
import { Badge } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { Access } from "@/lib/access/can";
import { formatCount, formatMoment } from "@/lib/format";
import { hrefOf, type ListPage, type ListQuery, sortLink } from "@/lib/list";
import { codeOf, type TicketKind, words } from "@/lib/tickets/rules";
import type { TicketRow, TicketSort } from "@/lib/tickets/types";
import { TargetLink } from "./target-link";

type Props = { access: Access; kind: TicketKind; page: ListPage<TicketRow>; query: ListQuery<TicketSort> };

export function TicketTable({ access, kind, page, query }: Props) {
  const { one, many, path, resolved } = words[kind];
  const sort = (by: TicketSort) => sortLink(path, query, by);
  return (
    <>
      <Table caption={`${many[0]?.toUpperCase()}${many.slice(1)}`} cards>
        <thead>
          <tr>
            {kind === "ticket" && <Th sort={sort("code")}>Code</Th>}
            <Th sort={sort("title")}>Title</Th>
            <Th>About</Th>
            <Th>Assignee</Th>
            <Th sort={sort("by")}>By</Th>
            <Th sort={sort("created")}>Created</Th>
            <Th>State</Th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <Tr key={row.id}>
              {kind === "ticket" && (
                <Td label="Code">
                  <span>
                    {codeOf(row.number)}
                    {row.externalCode && <span className="block text-muted">{row.externalCode}</span>}
                  </span>
                </Td>
              )}
              <Td header label="Title">
                <Link href={`${path}/${row.id}`} prefetch={false}>
                  {row.title}
                </Link>
              </Td>
              <Td label="About">
                <About access={access} row={row} />
              </Td>
              <Td label="Assignee">{row.assignee ?? "–"}</Td>
              <Td label="By">{row.createdBy}</Td>
              <Td label="Created" className="whitespace-nowrap">
                {formatMoment(row.createdAt, access.account.timeZone)}
              </Td>
              <Td label="State">{row.resolvedAt ? <Badge>{resolved}</Badge> : <Badge tone="info">Open</Badge>}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <Pager
        previousHref={page.previous && hrefOf(path, query, { cursor: page.previous })}
        nextHref={page.next && hrefOf(path, query, { cursor: page.next })}
        summary={`${formatCount(page.rows.length, one, many)} shown`}
      />
    </>
  );
}

function About({ access, row }: { access: Access; row: TicketRow }) {
  const [first, ...more] = row.scopes;
  if (!first) return "The whole account";
  return (
    <span>
      <TargetLink access={access} target={first} />
      {more.length > 0 && <span className="text-muted"> and {more.length} more</span>}
    </span>
  );
}
