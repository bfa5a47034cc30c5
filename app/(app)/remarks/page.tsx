import { TicketList } from "@/components/tickets/ticket-list";
import { requirePage } from "@/lib/access/guard";
import type { SearchParams } from "@/lib/list";

export default async function RemarksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/remarks");
  return <TicketList access={access} kind="remark" params={await searchParams} />;
}
