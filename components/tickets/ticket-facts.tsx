import Link from "next/link";
import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import { type Access, can } from "@/lib/access/can";
import { formatMoment } from "@/lib/format";
import { isLink, type TicketKind, words } from "@/lib/tickets/rules";
import type { Ticket } from "@/lib/tickets/types";

type Props = { access: Access; kind: TicketKind; ticket: Ticket };

/** How it stands, who has it, and where it came from. */
export function TicketFacts({ access, kind, ticket }: Props) {
  const { resolved } = words[kind];
  const moment = (at: Date) => formatMoment(at, access.account.timeZone);
  const runs = ticket.scopes.flatMap(({ run }) => run ?? []);
  return (
    <DescriptionList
      items={[
        { term: "State", value: ticket.resolvedAt ? <Badge>{resolved}</Badge> : <Badge tone="info">Open</Badge> },
        { term: "Assignee", value: ticket.assignee ?? "Nobody" },
        { term: "Created", value: `${moment(ticket.createdAt)} by ${ticket.createdBy}` },
        ...(ticket.resolvedAt
          ? [{ term: resolved, value: `${moment(ticket.resolvedAt)} by ${ticket.resolvedBy}` }]
          : []),
        ...(ticket.externalCode || ticket.externalUrl
          ? [{ term: "Elsewhere", value: <Elsewhere ticket={ticket} /> }]
          : []),
        ...runs.map((run) => ({
          term: "Made from",
          value: can(access, "resources.view") ? (
            <Link href={`/runs/${run.id}`} prefetch={false}>
              The run of {moment(run.ranAt)}
            </Link>
          ) : (
            `The run of ${moment(run.ranAt)}`
          ),
        })),
      ]}
    />
  );
}

function Elsewhere({ ticket: { externalCode, externalUrl } }: { ticket: Ticket }) {
  if (!isLink(externalUrl)) return externalCode;
  return (
    <a href={externalUrl} target="_blank" rel="noopener noreferrer">
      {externalCode || new URL(externalUrl).host}
    </a>
  );
}
