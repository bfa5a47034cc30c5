import { listCustomerNames } from "@/lib/customers/queries";
import { personDoor } from "@/lib/door";

/** Names that contain what was typed so far. */
export const GET = personDoor("customers.view", "customer.list", async (_access, request) =>
  Response.json(await listCustomerNames(new URL(request.url).searchParams.get("q") ?? "")),
);
