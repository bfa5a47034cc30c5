import { TicketDetail } from "@/components/tickets/ticket-detail";
import { requirePage } from "@/lib/access/guard";

export default async function RemarkPage({ params }: { params: Promise<{ id: string }> }) {
  const access = await requirePage("/remarks/[id]");
  return <TicketDetail access={access} kind="remark" id={(await params).id} />;
}
