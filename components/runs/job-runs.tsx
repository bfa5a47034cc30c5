import { EmptyState } from "@/components/ui/empty-state";
import { Pager } from "@/components/ui/pager";
import { Tabs } from "@/components/ui/tabs";
import { formatCount } from "@/lib/format";
import { hrefOf, type ListPage, type ListQuery } from "@/lib/list";
import type { RunRow } from "@/lib/runs/queries";
import { statusLabels } from "@/lib/statuses";
import { RunTable } from "./run-table";

type Props = { path: string; page: ListPage<RunRow>; query: ListQuery<"ran">; timeZone: string };

const views = { "": "All runs", ...statusLabels };

/** All runs of a job, page by page. */
export function JobRuns({ path, page, query, timeZone }: Props) {
  const status = query.filters.status ?? "";
  return (
    <div className="grid gap-3">
      <Tabs
        label="Runs by result"
        items={Object.entries(views).map(([value, label]) => ({
          href: hrefOf(path, query, { filters: { status: value } }),
          label,
          current: status === value,
        }))}
      />
      {page.rows.length === 0 ? (
        <EmptyState title={status ? "No run ended like this." : "This job has no runs yet."}>
          {status === "" && "They appear as soon as its next mail comes in."}
        </EmptyState>
      ) : (
        <div className="grid gap-3">
          <RunTable caption="Runs" rows={page.rows} timeZone={timeZone} />
          <Pager
            previousHref={page.previous && hrefOf(path, query, { cursor: page.previous })}
            nextHref={page.next && hrefOf(path, query, { cursor: page.next })}
            summary={`${formatCount(page.rows.length, "run")} on this page`}
          />
        </div>
      )}
    </div>
  );
}
