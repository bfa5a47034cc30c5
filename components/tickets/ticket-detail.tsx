import Link from "next/link";
import { ActionButton } from "@/components/form/action-button";
import { Page } from "@/components/page";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import { type Access, can } from "@/lib/access/can";
import { formatMoment } from "@/lib/format";
import { reopenTicket, resolveTicket } from "@/lib/tickets/actions";
import { getTicket } from "@/lib/tickets/queries";
import { nameOf, type TicketKind, words } from "@/lib/tickets/rules";
import { AboutCard } from "./about-card";
import { TicketForm } from "./ticket-form";

/** One ticket or remark, whole: both addresses show the same. */
export async function TicketDetail({ access, kind, id }: { access: Access; kind: TicketKind; id: string }) {
  const ticket = await getTicket(kind, id);
  const { resolve, resolved, one, many, path } = words[kind];
  const manages = can(access, "tickets.manage");
  const moment = (at: Date) => formatMoment(at, access.account.timeZone);
  const facts = [
    { term: "State", value: ticket.resolvedAt ? <Badge>{resolved}</Badge> : <Badge tone="info">Open</Badge> },
    { term: "Created", value: `${moment(ticket.createdAt)} by ${ticket.createdBy}` },
    ...(ticket.resolvedAt ? [{ term: resolved, value: `${moment(ticket.resolvedAt)} by ${ticket.resolvedBy}` }] : []),
  ];
  return (
    <Page
      access={access}
      title={nameOf(ticket)}
      description={
        <Link href={path} prefetch={false}>
          All {many}
        </Link>
      }
      actions={
        manages &&
        (ticket.resolvedAt ? (
          <ActionButton action={reopenTicket} hidden={{ id }}>
            Reopen
          </ActionButton>
        ) : (
          <ActionButton action={resolveTicket} hidden={{ id }} variant="primary">
            {resolve}
          </ActionButton>
        ))
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-[2fr_1fr]">
        <Card title={one === "ticket" ? "Ticket" : "Remark"}>
          {manages ? (
            <TicketForm key={ticket.version} id={id} version={ticket.version} title={ticket.title} body={ticket.body} />
          ) : (
            <p className="max-w-prose whitespace-pre-wrap break-words">{ticket.body || "No text."}</p>
          )}
        </Card>
        <div className="grid min-w-0 gap-4">
          <Card title="State">
            <DescriptionList items={facts} />
          </Card>
          <AboutCard access={access} id={id} scopes={ticket.scopes} manages={manages} />
        </div>
      </div>
    </Page>
  );
}
