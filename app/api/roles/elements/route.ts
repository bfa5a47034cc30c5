import { isAggregate } from "@/lib/access/registry";
import { personDoor, problem } from "@/lib/door";
import { listElements, listMatching } from "@/lib/roles/queries";

/**
 * What an aggregate right may be given for, as one looks: `right`, `type` (left out: of every type), `search`, `cursor`.
 * With `all` every match at once, to choose it.
 */
export const GET = personDoor("roles.manage", "role.list_elements", async (_access, request) => {
  const params = new URL(request.url).searchParams;
  const right = params.get("right") ?? "";
  if (!isAggregate(right)) return problem(400, "This right is not held for chosen elements.");
  const query = { type: params.get("type"), search: params.get("search") ?? "", cursor: params.get("cursor") ?? "" };
  return Response.json(params.has("all") ? await listMatching(right, query) : await listElements(right, query));
});
