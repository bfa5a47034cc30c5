import { customersCsv } from "@/lib/customers/export";
import { type CustomerSort, customerFilters, customerSorts } from "@/lib/customers/queries";
import { download, personDoor } from "@/lib/door";
import { readListQuery } from "@/lib/list";

export const GET = personDoor("customers.view", "customer.export", async (_access, request) => {
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const query = readListQuery<CustomerSort>(params, customerSorts, customerFilters);
  return download(await customersCsv(query), "customers.csv", "text/csv; charset=utf-8");
});
