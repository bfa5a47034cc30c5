import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Status } from "@/components/ui/status";
import type { CustomerGroup } from "@/lib/run-checks/rules";
import { RunRow } from "./run-row";

/** `isSuspected`: runs that are settled by themselves; nobody marks all of them at once. */
type Props = { group: CustomerGroup; timeZone: string; canReview: boolean; isSuspected?: boolean };

/** The unreviewed runs of one customer, job by job. */
export function CustomerRuns({ group, timeZone, canReview, isSuspected = false }: Props) {
  const marksMany = canReview && !isSuspected;
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
          {marksMany && job.total > 1 && (
            <li className="px-3 pb-1 text-right">
              <MarkAll name="job" value={job.id} label={`Mark all ${job.total} of ${job.name} reviewed`}>
                {`Mark all ${job.total} of this job reviewed`}
              </MarkAll>
            </li>
          )}
        </ul>
      ))}
      {marksMany && group.jobs.length > 1 && (
        <p className="border-line border-t px-3 py-1 text-right">
          <MarkAll name="customer" value={group.id} label={`Mark all ${group.total} of ${group.name} reviewed`}>
            {`Mark all ${group.total} of this customer reviewed`}
          </MarkAll>
        </p>
      )}
    </details>
  );
}

function MarkAll({
  name,
  value,
  label,
  children,
}: {
  name: string;
  value: string;
  label: string;
  children: ReactNode;
}) {
  return (
    <Button type="submit" name={name} value={value} size="sm" aria-label={label}>
      {children}
    </Button>
  );
}
