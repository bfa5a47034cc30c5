import Link from "next/link";
import { NoOverrides } from "@/components/overrides/no-overrides";
import { NewOverride } from "@/components/overrides/override-dialogs";
import { OverrideFilters } from "@/components/overrides/override-filters";
import { OverrideTable } from "@/components/overrides/override-table";
import { Page } from "@/components/page";
import { Alert } from "@/components/ui/alert";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { formatTyped } from "@/lib/format";
import { readListQuery, type SearchParams } from "@/lib/list";
import { emptyDraft } from "@/lib/overrides/draft";
import { draftFromRun, overrideChoices } from "@/lib/overrides/drafting";
import {
  listOverrides,
  type OverrideSort,
  overrideFacts,
  overrideFilters,
  overrideSorts,
} from "@/lib/overrides/queries";

export default async function OverridesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/overrides");
  const params = await searchParams;
  const { timeZone } = access.account;
  const query = readListQuery<OverrideSort>(params, overrideSorts, overrideFilters);
  const run = typeof params.run === "string" ? params.run : "";
  const object = typeof params.object === "string" ? params.object : "";
  const manages = can(access, "overrides.manage");
  const [page, facts, choices, draft] = await Promise.all([
    listOverrides(query),
    overrideFacts(),
    manages ? overrideChoices() : null,
    manages && run ? draftFromRun(run, object) : null,
  ]);
  const now = new Date();
  return (
    <Page
      access={access}
      title="Overrides"
      description="Known problems that count as success for a time."
      actions={
        choices && (
          <NewOverride
            key={`${run} ${object}`}
            draft={draft ?? emptyDraft(formatTyped(now, timeZone))}
            choices={choices}
            timeZone={timeZone}
            runId={draft && run}
          />
        )
      }
    >
      {manages && run && !draft && (
        <Alert tone="info">That run needs no override: it is a success, unknown, or does not exist any more.</Alert>
      )}
      <OverrideFilters query={query} facts={facts} />
      {query.filters.job && (
        <p className="text-sm">
          Only overrides that reach one job. <Link href="/overrides">Show all overrides</Link>
        </p>
      )}
      {page.rows.length > 0 ? (
        <OverrideTable access={access} page={page} query={query} choices={choices} now={now} />
      ) : (
        <NoOverrides query={query} manages={manages} />
      )}
    </Page>
  );
}
