import { Button } from "@/components/ui/button";
import { Status } from "@/components/ui/status";
import type { CustomerGroup } from "@/lib/run-checks/rules";
import { RunRow } from "./run-row";

type Props = { group: CustomerGroup; timeZone: string; canReview: boolean };

/** The unreviewed runs of one customer, job by job. */
export function CustomerRuns({ group, timeZone, canReview }: Props) {
  return (
    <details open className="rounded-lg border border-line bg-surface">
      <summary className="px-3 py-1.5 hover:bg-sunken">
        <h2 className="ml-1 inline text-base">{group.name}</h2>
        <span className="ml-3 inline-flex flex-wrap gap-x-3 text-sm">
          {group.counts.map(([status, count]) => (
            <Status key={status} status={status} label={`${count} ${status}`} />
          ))}
          {group.shown < group.total && (
            <span className="text-muted">
              {group.shown} of {group.total} shown
            </span>
          )}
        </span>
      </summary>
      {group.jobs.map((job) => (
        <ul key={job.id} aria-label={job.name}>
          {job.runs.map((run) => (
            <RunRow key={run.id} run={run} timeZone={timeZone} canReview={canReview} />
          ))}
          {canReview && job.total > 1 && (
            <li data-row className="px-3 pb-1 text-right">
              <Button
                type="submit"
                name="job"
                value={job.id}
                size="sm"
                aria-label={`Mark all ${job.total} of ${job.name} reviewed`}
              >
                {`Mark all ${job.total} of this job reviewed`}
              </Button>
            </li>
          )}
        </ul>
      ))}
    </details>
  );
}
