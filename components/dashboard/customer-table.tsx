import Link from "next/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { type Access, can } from "@/lib/access/can";
import { formatCount } from "@/lib/format";
import { rateOf } from "@/lib/reports/rules";
import { type Counts, totalOf } from "@/lib/statuses";

type Row = { id: string; name: string; counts: Counts };
type Props = { access: Access; title: string; rows: Row[]; left: number; empty: string };

/** Customers with their counts; `left` says how many more there are, all of them better. */
export function CustomerTable({ access, title, rows, left, empty }: Props) {
  const opens = can(access, "customers.view");
  if (rows.length === 0) return <Nothing title={title}>{empty}</Nothing>;
  return (
    <section className="grid min-w-0 gap-2">
      <h2 className="text-lg">{title}</h2>
      <Table caption={title}>
        <thead>
          <tr>
            <Th>Customer</Th>
            <Th align="right">Failed</Th>
            <Th align="right">Missed</Th>
            <Th align="right">Warning</Th>
            <Th align="right">Runs</Th>
            <Th align="right">Rate</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, counts }) => (
            <Tr key={id}>
              <Td header>
                {opens ? (
                  <Link href={`/customers/${id}`} prefetch={false}>
                    {name}
                  </Link>
                ) : (
                  name
                )}
              </Td>
              <Td align="right" className={counts.failed ? "font-semibold text-danger" : "text-muted"}>
                {counts.failed}
              </Td>
              <Td align="right" className={counts.missed ? "font-semibold text-missed" : "text-muted"}>
                {counts.missed}
              </Td>
              <Td align="right" className={counts.warning ? "text-warning" : "text-muted"}>
                {counts.warning}
              </Td>
              <Td align="right">{totalOf(counts)}</Td>
              <Td align="right">{rateOf(counts)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {left > 0 && (
        <p className="text-muted text-sm">And {formatCount(left, "customer")} with no more trouble than these.</p>
      )}
    </section>
  );
}

function Nothing({ title, children }: { title: string; children: string }) {
  return (
    <section className="grid gap-2">
      <h2 className="text-lg">{title}</h2>
      <p className="text-muted">{children}</p>
    </section>
  );
}
