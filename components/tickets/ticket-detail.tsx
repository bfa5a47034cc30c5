import Link from "next/link";
import { ActionButton } from "@/components/form/action-button";
import { Page } from "@/components/page";
import { Card } from "@/components/ui/card";
import { type Access, can } from "@/lib/access/can";
import { reopenTicket } from "@/lib/tickets/actions";
import { ticketHistory } from "@/lib/tickets/history";
import { getTicket, listAssignees } from "@/lib/tickets/queries";
import { nameOf, type TicketKind, words } from "@/lib/tickets/rules";
import { AboutCard } from "./about-card";
import { HistoryCard } from "./history-card";
import { ResolveButton } from "./resolve-button";
import { TicketFacts } from "./ticket-facts";
import { TicketForm } from "./ticket-form";

/** One ticket or remark, whole: both addresses show the same. */
export async function TicketDetail({ access, kind, id }: { access: Access; kind: TicketKind; id: string }) {
  const ticket = await getTicket(kind, id);
  const manages = can(access, "tickets.manage");
  const [assignees, history] = await Promise.all([
    manages ? listAssignees() : [],
    can(access, "audit.view") ? ticketHistory(id) : null,
  ]);
  const { one, many, path } = words[kind];
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
          <ResolveButton id={id} kind={kind} />
        ))
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-[2fr_1fr]">
        <Card title={one === "ticket" ? "Ticket" : "Remark"}>
          {manages ? (
            <TicketForm ticket={ticket} assignees={assignees} />
          ) : (
            <p className="max-w-prose whitespace-pre-wrap break-words">{ticket.body || "No text."}</p>
          )}
        </Card>
        <div className="grid min-w-0 gap-4">
          <Card title="State">
            <TicketFacts access={access} kind={kind} ticket={ticket} />
          </Card>
          <AboutCard access={access} id={id} scopes={ticket.scopes} manages={manages} />
          {history && <HistoryCard entries={history} timeZone={access.account.timeZone} />}
        </div>
      </div>
    </Page>
  );
}
