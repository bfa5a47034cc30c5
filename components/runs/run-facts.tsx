import Link from "next/link";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import { formatBytes, formatDuration, formatMoment } from "@/lib/format";
import type { Run } from "@/lib/runs/queries";
import { RunStatus } from "./run-status";

export function RunFacts({ run, timeZone, customerHref }: { run: Run; timeZone: string; customerHref: string | null }) {
  const { job, customer } = run;
  return (
    <Card title="Result">
      <DescriptionList
        items={[
          { term: "Status", value: <RunStatus run={run} /> },
          { term: "Message", value: run.message ?? "–" },
          {
            term: "Job",
            value: (
              <>
                <Link href={`/jobs/${job.id}`}>{job.name}</Link> {job.archivedAt && <Badge>Archived</Badge>}
              </>
            ),
          },
          {
            term: "Customer",
            value: (
              <>
                {customerHref ? <Link href={customerHref}>{customer.name}</Link> : customer.name}{" "}
                {customer.deactivatedAt && <Badge>Deactivated</Badge>}
              </>
            ),
          },
          { term: "Host", value: job.host || "–" },
          { term: "Software", value: job.software || "–" },
          ...(run.expectedAt ? [{ term: "Expected", value: formatMoment(run.expectedAt, timeZone) }] : []),
          { term: "Started", value: formatMoment(run.startedAt, timeZone) },
          { term: "Ended", value: formatMoment(run.endedAt, timeZone) },
          { term: "Duration", value: formatDuration(run.durationSeconds) },
          { term: "Size", value: formatBytes(run.sizeBytes) },
          { term: "Transferred", value: formatBytes(run.transferredBytes) },
          { term: "Reviewed", value: reviewState(run, timeZone) },
        ]}
      />
      {run.odd.length > 0 && (
        <div className="mt-3">
          <Badge tone="warning">Odd</Badge>
          <ul className="mt-1 list-disc pl-5">
            {run.odd.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      {run.notes.length > 0 && (
        <ul className="mt-3 list-disc pl-5 text-muted">
          {run.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function reviewState({ reviewedAt, reviewer }: Run, timeZone: string): string {
  if (!reviewedAt) return "Not yet";
  return `${formatMoment(reviewedAt, timeZone)}${reviewer ? ` by ${reviewer}` : ""}`;
}
