import { personDoor } from "@/lib/door";
import { findRows } from "@/lib/insight/queries";

/** Rows of an aggregate right that one may ask "Why?" about, found as one types. */
export const GET = personDoor("users.manage", "insight.find_rows", async (_access, request) => {
  const asked = new URL(request.url).searchParams;
  return Response.json(await findRows(asked.get("right") ?? "", asked.get("q") ?? ""));
});
