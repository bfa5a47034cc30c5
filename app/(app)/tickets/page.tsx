import { TicketList } from "@/components/tickets/ticket-list";
import { requirePage } from "@/lib/access/guard";
import type { SearchParams } from "@/lib/list";

export default async function TicketsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/tickets");
  return <TicketList access={access} kind="ticket" params={await searchParams} />;
}
