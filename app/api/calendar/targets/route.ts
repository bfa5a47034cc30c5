import { findCalendarTargets } from "@/lib/calendar/queries";
import { personDoor } from "@/lib/door";

/** Customers and jobs that a holiday or maintenance may be for, found as one types. */
export const GET = personDoor("settings.manage", "holiday.find_targets", async (_access, request) => {
  const { searchParams } = new URL(request.url);
  const kind = searchParams.get("kind") === "customer" ? "customer" : "job";
  return Response.json(await findCalendarTargets(kind, searchParams.get("q") ?? ""));
});
