import { Page } from "@/components/page";
import { CheckTabs } from "@/components/run-checks/check-tabs";
import { ReviewedRuns } from "@/components/run-checks/reviewed-runs";
import { UnreviewedRuns } from "@/components/run-checks/unreviewed-runs";
import { SearchForm } from "@/components/ui/search-form";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { readListQuery, type SearchParams } from "@/lib/list";
import {
  type CheckSort,
  checkFilters,
  countUnreviewed,
  listReviewed,
  listUnreviewed,
  type ReviewedSort,
} from "@/lib/run-checks/queries";

export default async function RunChecksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/run-checks");
  const params: SearchParams = { ...(await searchParams), sort: undefined };
  const query = readListQuery<CheckSort>(params, ["position"], checkFilters);
  const history = params.view === "reviewed" && readListQuery<ReviewedSort>(params, ["-reviewed"], ["view"]);
  const [counts, waiting, reviewed] = await Promise.all([
    countUnreviewed(query.search),
    history ? null : listUnreviewed(query),
    history ? listReviewed(history) : null,
  ]);
  const shared = { timeZone: access.account.timeZone, canReview: can(access, "runs.review") };
  const { status = "" } = query.filters;
  return (
    <Page
      access={access}
      title="Run Checks"
      description="The runs that nobody has reviewed yet. The aim is an empty page."
    >
      <CheckTabs counts={counts} search={query.search} current={history ? "reviewed" : status} />
      <SearchForm
        action="/run-checks"
        label="Search customer, job or host"
        defaultValue={query.search}
        hidden={history ? { view: "reviewed" } : status ? { status } : {}}
      />
      {waiting && <UnreviewedRuns page={waiting} query={query} counts={counts} {...shared} />}
      {reviewed && history && <ReviewedRuns page={reviewed} query={history} {...shared} />}
    </Page>
  );
}
