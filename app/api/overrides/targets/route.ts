import { personDoor } from "@/lib/door";
import { findOverrideTargets } from "@/lib/overrides/drafting";

/** Customers and jobs that an override may be for, found as one types. */
export const GET = personDoor("overrides.manage", "override.find_targets", async (_access, request) => {
  const { searchParams } = new URL(request.url);
  const kind = searchParams.get("kind") === "customer" ? "customer" : "job";
  return Response.json(await findOverrideTargets(kind, searchParams.get("q") ?? ""));
});
