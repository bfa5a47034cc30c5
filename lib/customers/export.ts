import "server-only";
import { toCsv } from "../csv";
import type { ListQuery } from "../list";
import { type CustomerSort, exportCustomers } from "./queries";

/** @returns what matches as a file that an import takes back. */
export async function customersCsv(query: ListQuery<CustomerSort>): Promise<string> {
  return toCsv(await exportCustomers(query), {
    name: (customer) => customer.name,
    reference: (customer) => customer.reference,
    group: (customer) => customer.group,
    notes: (customer) => customer.notes,
    state: (customer) => (customer.deactivatedAt ? "deactivated" : "active"),
  });
}
