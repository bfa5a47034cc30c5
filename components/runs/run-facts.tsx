import Link from "next/link";
import type { ReactNode } from "react";
import { Said } from "@/components/mails/said";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import { formatBytes, formatDuration, formatMoment } from "@/lib/format";
import type { Evidence } from "@/lib/mail/parse/types";
import type { Run } from "@/lib/runs/queries";
import { RunStatus } from "./run-status";

type Props = { run: Run; timeZone: string; customerHref: string | null; evidence: readonly Evidence[] };

export function RunFacts({ run, timeZone, customerHref, evidence }: Props) {
  const { job, customer } = run;
  const said = (field: string, value: ReactNode) => (
    <Said field={field} evidence={evidence}>
      {value}
    </Said>
  );
  return (
    <Card title="Result">
      <DescriptionList
        items={[
          { term: "Status", value: said("status", <RunStatus run={run} />) },
          { term: "Message", value: said("message", run.message ?? "–") },
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
          { term: "Started", value: said("startedAt", formatMoment(run.startedAt, timeZone)) },
          { term: "Ended", value: said("endedAt", formatMoment(run.endedAt, timeZone)) },
          { term: "Duration", value: said("durationSeconds", formatDuration(run.durationSeconds)) },
          { term: "Size", value: said("sizeBytes", formatBytes(run.sizeBytes)) },
          { term: "Transferred", value: said("transferredBytes", formatBytes(run.transferredBytes)) },
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
