import "server-only";
import type { Access } from "../access/can";
import { type JobChoice, listCustomerNames, listJobsOf } from "./queries";

export type Choices = { names: string[] } | { jobs: JobChoice[] | null };

/** For the form of an approval while somebody types: `?q=` gives names of customers, `?customer=` the jobs of one. */
export async function choices(_access: Access, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const customer = searchParams.get("customer")?.slice(0, 200);
  const found: Choices =
    customer === undefined
      ? { names: await listCustomerNames((searchParams.get("q") ?? "").slice(0, 200).trim()) }
      : { jobs: await listJobsOf(customer.trim()) };
  return Response.json(found);
}
