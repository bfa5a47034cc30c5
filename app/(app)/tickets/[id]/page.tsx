import { TicketDetail } from "@/components/tickets/ticket-detail";
import { requirePage } from "@/lib/access/guard";

export default async function TicketPage({ params }: { params: Promise<{ id: string }> }) {
  const access = await requirePage("/tickets/[id]");
  return <TicketDetail access={access} kind="ticket" id={(await params).id} />;
}
