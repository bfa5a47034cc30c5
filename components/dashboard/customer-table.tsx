import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { type Access, can } from "@/lib/access/can";
import { formatCount } from "@/lib/format";
import { type Period, rateOf } from "@/lib/reports/rules";
import { type Counts, type RunStatus, totalOf } from "@/lib/statuses";

type Row = { id: string; name: string; counts: Counts };
type Props = { access: Access; title: string; rows: Row[]; period: Period; left: number; empty: string };

/** Customers with their counts of the period; `left` says how many more there are, all of them better. */
export function CustomerTable({ access, title, rows, period, left, empty }: Props) {
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
              {(["failed", "missed", "warning"] as const).map((status) => (
                <Td key={status} align="right">
                  <Figure href={behind(access, id, period, status)} className={looks(status, counts[status])}>
                    {counts[status]}
                  </Figure>
                </Td>
              ))}
              <Td align="right">
                <Figure href={behind(access, id, period)}>{totalOf(counts)}</Figure>
              </Td>
              <Td align="right">
                <Figure href={behind(access, id, period)}>{rateOf(counts)}</Figure>
              </Td>
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

/** @returns where one sees what a number counts: the jobs, for who may open them, else the report of these days. */
function behind(access: Access, id: string, { from, to }: Period, result?: RunStatus): string | undefined {
  if (can(access, "resources.view")) return `/jobs?customer=${id}${result ? `&result=${result}` : ""}`;
  return can(access, "reports.generate") ? `/reports?from=${from}&to=${to}&customer=${id}` : undefined;
}

const looks = (status: "failed" | "missed" | "warning", count: number): string =>
  count === 0
    ? "text-muted"
    : { failed: "font-semibold text-danger", missed: "font-semibold text-missed", warning: "text-warning" }[status];

type FigureProps = { href: string | undefined; className?: string; children: ReactNode };

function Figure({ href, className, children }: FigureProps) {
  if (!href) return <span className={className}>{children}</span>;
  return (
    <Link
      href={href}
      prefetch={false}
      className={cx("inline-block min-w-6 no-underline hover:underline", className ?? "text-ink")}
    >
      {children}
    </Link>
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
