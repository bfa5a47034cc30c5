import { Page } from "@/components/page";
import { CheckFilters } from "@/components/run-checks/check-filters";
import { CheckTabs } from "@/components/run-checks/check-tabs";
import { ReviewedRuns } from "@/components/run-checks/reviewed-runs";
import { UnreviewedRuns } from "@/components/run-checks/unreviewed-runs";
import { SearchForm } from "@/components/ui/search-form";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { readListQuery, type SearchParams } from "@/lib/list";
import { countUnreviewed } from "@/lib/run-checks/counts";
import { type CheckSort, listReviewed, listUnreviewed, type ReviewedSort } from "@/lib/run-checks/queries";
import { checkFilters } from "@/lib/run-checks/rules";

export default async function RunChecksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/run-checks");
  const params: SearchParams = { ...(await searchParams), sort: undefined };
  const query = readListQuery<CheckSort>(params, ["position"], checkFilters);
  const history = params.view === "reviewed" && readListQuery<ReviewedSort>(params, ["-reviewed"], ["view"]);
  const [counts, waiting, reviewed] = await Promise.all([
    countUnreviewed(query),
    history ? null : listUnreviewed(query),
    history ? listReviewed(history) : null,
  ]);
  const { timeZone } = access.account;
  const may = {
    review: can(access, "runs.review"),
    ticket: can(access, "tickets.manage"),
    override: can(access, "overrides.manage"),
  };
  return (
    <Page
      access={access}
      title="Run Checks"
      description="The runs that nobody has reviewed yet. The aim is an empty page."
    >
      <CheckTabs counts={counts} query={query} isHistory={Boolean(history)} />
      {history ? (
        <SearchForm
          action="/run-checks"
          label="Search customer, job or host"
          defaultValue={query.search}
          hidden={{ view: "reviewed" }}
        />
      ) : (
        <CheckFilters query={query} counts={counts} seesTickets={can(access, "tickets.view")} />
      )}
      {waiting && <UnreviewedRuns page={waiting} query={query} counts={counts} timeZone={timeZone} may={may} />}
      {reviewed && history && (
        <ReviewedRuns page={reviewed} query={history} timeZone={timeZone} canReview={may.review} />
      )}
    </Page>
  );
}
