import { personDoor } from "@/lib/door";
import { findTargets } from "@/lib/tickets/queries";

/** What a ticket may be about, found as one types. */
export const GET = personDoor("tickets.manage", "ticket.find_targets", async (_access, request) => {
  const { searchParams } = new URL(request.url);
  const jobIds = (searchParams.get("jobs") ?? "").split(" ");
  return Response.json(await findTargets(searchParams.get("q") ?? "", jobIds));
});
