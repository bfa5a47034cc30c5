import Link from "next/link";
import { Badge } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { CustomerRow, CustomerSort } from "@/lib/customers/queries";
import { type ListQuery, sortLink } from "@/lib/list";
import { ResultMix } from "./result-mix";

type Props = {
  rows: CustomerRow[];
  query: ListQuery<CustomerSort>;
  hasGroups: boolean;
  seesJobs: boolean;
  seesTickets: boolean;
};

export function CustomerTable({ rows, query, hasGroups, seesJobs, seesTickets }: Props) {
  const sort = (by: CustomerSort) => sortLink("/customers", query, by);
  return (
    <Table caption="Customers" cards>
      <thead>
        <tr>
          <Th sort={sort("name")}>Name</Th>
          <Th sort={sort("reference")}>Reference</Th>
          {hasGroups && <Th sort={sort("group")}>Group</Th>}
          {seesJobs && (
            <>
              <Th align="right" sort={sort("jobs")}>
                Jobs
              </Th>
              <Th>Last results</Th>
            </>
          )}
          {seesTickets && <Th align="right">Open tickets</Th>}
          <Th>State</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((customer) => (
          <Tr key={customer.id}>
            <Td header>
              <Link href={`/customers/${customer.id}`} prefetch={false}>
                {customer.name}
              </Link>
            </Td>
            <Td label="Reference">{customer.reference || "–"}</Td>
            {hasGroups && <Td label="Group">{customer.group || "–"}</Td>}
            {seesJobs && (
              <>
                <Td label="Jobs" align="right">
                  {customer.jobs}
                </Td>
                <Td label="Last results">
                  <ResultMix mix={customer} />
                </Td>
              </>
            )}
            {seesTickets && (
              <Td label="Open tickets" align="right">
                {customer.openTickets}
              </Td>
            )}
            <Td label="State">
              <Badge tone={customer.deactivatedAt ? "neutral" : "success"}>
                {customer.deactivatedAt ? "Deactivated" : "Active"}
              </Badge>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
