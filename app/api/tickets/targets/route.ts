import { personDoor } from "@/lib/door";
import { findTargets } from "@/lib/tickets/queries";

/** What a ticket may be about, found as one types. */
export const GET = personDoor("tickets.manage", "ticket.find_targets", async (_access, request) =>
  Response.json(await findTargets(new URL(request.url).searchParams.get("q") ?? "")),
);
