import { Card } from "@/components/ui/card";
import { StackedBars } from "@/components/ui/charts";
import { EmptyState } from "@/components/ui/empty-state";
import { Stat } from "@/components/ui/stat";
import type { Access } from "@/lib/access/can";
import { rateOf } from "@/lib/reports/rules";
import type { Results } from "@/lib/reports/types";
import { sumOf, totalOf } from "@/lib/statuses";
import { ResultsTable } from "./results-table";

/** What a report shows: figures, a bar a day, and every job. */
export function ReportResults({ access, results }: { access: Access; results: Results }) {
  const sum = sumOf(results.days);
  const runs = totalOf(sum);
  if (results.jobs.length === 0)
    return <EmptyState title="Nothing to report.">No job of this choice existed in these days.</EmptyState>;
  return (
    <>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Stat label="Success rate" value={rateOf(sum)} />
        <Stat label={runs === 1 ? "Run" : "Runs"} value={runs.toLocaleString("en")} />
        <Stat label="Success" value={sum.success.toLocaleString("en")} tone="success" />
        <Stat label="Warning" value={sum.warning.toLocaleString("en")} tone={sum.warning ? "warning" : "neutral"} />
        <Stat label="Failed" value={sum.failed.toLocaleString("en")} tone={sum.failed ? "danger" : "neutral"} />
        <Stat label="Unknown" value={sum.unknown.toLocaleString("en")} />
      </div>
      <Card title="Runs per day">
        <StackedBars label="Runs per day" data={results.days.map(({ day, ...values }) => ({ label: day, values }))} />
      </Card>
      <ResultsTable access={access} jobs={results.jobs} />
    </>
  );
}
