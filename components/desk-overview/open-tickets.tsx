import Link from "next/link";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { OpenTicket } from "@/lib/desk-overview/queries";
import { formatMoment } from "@/lib/format";

/** What is being worked on here. @param newHref where a new ticket about this is made; null without the right to. */
export function OpenTickets({
  rows,
  timeZone,
  newHref,
}: {
  rows: OpenTicket[];
  timeZone: string;
  newHref: string | null;
}) {
  return (
    <Card
      title="Open tickets and remarks"
      actions={
        newHref && (
          <ButtonLink href={newHref} size="sm">
            Create ticket
          </ButtonLink>
        )
      }
    >
      {rows.length === 0 && <p className="text-muted">None.</p>}
      <ul className="grid gap-1.5">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <Link href={`/${row.kind}s/${row.id}`} prefetch={false} className="min-w-0 break-words">
              {row.number !== null && `T-${row.number} `}
              {row.title}
            </Link>
            <span className="text-muted text-sm">
              {row.kind === "remark" && "Remark, "}
              {row.createdBy}, {formatMoment(row.createdAt, timeZone)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
