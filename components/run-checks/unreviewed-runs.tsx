import { PartyPopper } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { formatCount } from "@/lib/format";
import { hrefOf, type ListPage, type ListQuery } from "@/lib/list";
import type { CheckCounts } from "@/lib/run-checks/counts";
import type { CheckSort } from "@/lib/run-checks/queries";
import { groupRuns, type UnreviewedRun } from "@/lib/run-checks/rules";
import { CheckDesk } from "./check-desk";
import { CustomerRuns } from "./customer-runs";
import type { May } from "./may";

type Props = {
  page: ListPage<UnreviewedRun>;
  query: ListQuery<CheckSort>;
  counts: CheckCounts;
  timeZone: string;
  may: May;
};

/** What waits for review; what is only suspected stands at the end, in a group of its own. */
export function UnreviewedRuns({ page, query, counts, timeZone, may }: Props) {
  const { rows } = page;
  const shared = { timeZone, canReview: may.review };
  const successes = rows.filter(({ status }) => status === "success");
  const suspected = groupRuns(rows.filter(({ isSuspected }) => isSuspected));
  return (
    <>
      <CheckDesk
        may={may}
        timeZone={timeZone}
        shown={rows.length}
        successes={successes.filter(({ odd }) => odd.length === 0).length}
        oddSuccesses={successes.filter(({ odd }) => odd.length > 0).length}
        until={counts.asOf.toISOString()}
      >
        {groupRuns(rows.filter(({ isSuspected }) => !isSuspected)).map((group) => (
          <CustomerRuns key={group.id} group={group} {...shared} />
        ))}
        {suspected.length > 0 && (
          <section aria-labelledby="suspected" className="grid gap-3">
            <div>
              <h2 id="suspected" className="text-lg">
                Suspected
              </h2>
              <p className="text-muted">
                These mails are missing, but nothing at all came from where they come from. They are settled by
                themselves as soon as it is heard of again.
              </p>
            </div>
            {suspected.map((group) => (
              <CustomerRuns key={group.id} group={group} isSuspected {...shared} />
            ))}
          </section>
        )}
        {rows.length === 0 && <NothingToReview query={query} />}
      </CheckDesk>
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
  if (query.search || query.cursor || Object.values(query.filters).some(Boolean)) {
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
