import Link from "next/link";
import { ActionForm } from "@/components/form/action-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatCount, formatMoment } from "@/lib/format";
import { hrefOf, type ListPage, type ListQuery } from "@/lib/list";
import { undoReview } from "@/lib/run-checks/actions";
import type { ReviewedRun, ReviewedSort } from "@/lib/run-checks/queries";

type Props = { page: ListPage<ReviewedRun>; query: ListQuery<ReviewedSort>; timeZone: string; canReview: boolean };

/** What was reviewed last, each with a way back; one form for all rows. */
export function ReviewedRuns({ page, query, timeZone, canReview }: Props) {
  if (page.rows.length === 0) {
    return (
      <EmptyState
        title={query.search ? "No reviewed run matches." : "Nothing has been reviewed yet."}
        action={<ButtonLink href="/run-checks">To the runs to review</ButtonLink>}
      />
    );
  }
  return (
    <ActionForm action={undoReview} className="grid gap-3">
      <Table caption="Recently reviewed runs" cards>
        <thead>
          <tr>
            <Th>Job</Th>
            <Th>Customer</Th>
            <Th>Result</Th>
            <Th>Ran</Th>
            <Th>Reviewed</Th>
            <Th>By</Th>
            {canReview && <Th>Action</Th>}
          </tr>
        </thead>
        <tbody>
          {page.rows.map((run) => (
            <Tr key={run.id}>
              <Td header>
                <Link href={`/runs/${run.id}`} prefetch={false}>
                  {run.job}
                </Link>
                {run.host && <span className="font-normal text-muted"> · {run.host}</span>}
              </Td>
              <Td label="Customer">{run.customer}</Td>
              <Td label="Result">
                <Status status={run.status} />
              </Td>
              <Td label="Ran">{formatMoment(run.ranAt, timeZone)}</Td>
              <Td label="Reviewed">{formatMoment(run.reviewedAt, timeZone)}</Td>
              <Td label="By">{run.reviewer ?? "–"}</Td>
              {canReview && (
                <Td>
                  <Button type="submit" name="run" value={run.id} size="sm">
                    Undo
                  </Button>
                </Td>
              )}
            </Tr>
          ))}
        </tbody>
      </Table>
      <Pager
        previousHref={page.previous && hrefOf("/run-checks", query, { cursor: page.previous })}
        nextHref={page.next && hrefOf("/run-checks", query, { cursor: page.next })}
        summary={formatCount(page.rows.length, "run")}
      />
    </ActionForm>
  );
}
