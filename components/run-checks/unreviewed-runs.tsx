import { PartyPopper } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { formatCount } from "@/lib/format";
import { hrefOf, type ListPage, type ListQuery } from "@/lib/list";
import type { CheckCounts, CheckSort } from "@/lib/run-checks/queries";
import { groupRuns, type UnreviewedRun } from "@/lib/run-checks/rules";
import { CustomerRuns } from "./customer-runs";
import { ReviewForm } from "./review-form";

type Props = {
  page: ListPage<UnreviewedRun>;
  query: ListQuery<CheckSort>;
  counts: CheckCounts;
  timeZone: string;
  canReview: boolean;
};

export function UnreviewedRuns({ page, query, counts, timeZone, canReview }: Props) {
  const { rows } = page;
  const list = (
    <>
      {groupRuns(rows).map((group) => (
        <CustomerRuns key={group.id} group={group} timeZone={timeZone} canReview={canReview} />
      ))}
      {rows.length === 0 && <NothingToReview query={query} />}
    </>
  );
  return (
    <>
      {canReview ? (
        <ReviewForm
          shown={rows.length}
          successes={rows.filter(({ status }) => status === "success").length}
          until={counts.asOf.toISOString()}
        >
          {list}
        </ReviewForm>
      ) : (
        list
      )}
      {(rows.length > 0 || page.previous) && (
        <Pager
          previousHref={page.previous && hrefOf("/run-checks", query, { cursor: page.previous })}
          nextHref={page.next && hrefOf("/run-checks", query, { cursor: page.next })}
          summary={`${formatCount(rows.length, "run")} on this page`}
        />
      )}
    </>
  );
}

function NothingToReview({ query }: { query: ListQuery<CheckSort> }) {
  const isNarrowed = Boolean(query.search || query.filters.status || query.cursor);
  if (isNarrowed) {
    return (
      <EmptyState title="No run matches." action={<ButtonLink href="/run-checks">Show all runs to review</ButtonLink>}>
        {query.search ? `Nothing was found for "${query.search}".` : "Nothing of this kind waits for review."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={
        <span className="inline-flex items-center gap-2">
          <PartyPopper aria-hidden className="size-5 text-success" />
          All runs are reviewed.
        </span>
      }
    >
      New runs appear here as soon as their mails come in.
    </EmptyState>
  );
}
