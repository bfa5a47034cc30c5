import Link from "next/link";
import { RunStatus } from "@/components/runs/run-status";
import { DescriptionList } from "@/components/ui/description-list";
import type { RunPanelData } from "@/lib/desk-overview/run-panel";
import { formatBytes, formatDuration, formatMoment } from "@/lib/format";
import { PanelHistory } from "./panel-history";
import { PanelMail } from "./panel-mail";
import { PanelObjects } from "./panel-objects";
import { Part } from "./part";

type Props = { data: RunPanelData; timeZone: string };

/** All that is known of a run, what matters for judging it first. */
export function PanelBody({ data: { run, objects, reading, history, tickets }, timeZone }: Props) {
  return (
    <>
      <DescriptionList
        items={[
          { term: "Status", value: <RunStatus run={run} /> },
          { term: "Message", value: run.message ?? "–" },
          ...(run.expectedAt ? [{ term: "Expected", value: formatMoment(run.expectedAt, timeZone) }] : []),
          { term: "Customer", value: run.customer.name },
          ...(run.job.host ? [{ term: "Host", value: run.job.host }] : []),
          ...(run.job.software ? [{ term: "Software", value: run.job.software }] : []),
          ...(run.startedAt ? [{ term: "Started", value: formatMoment(run.startedAt, timeZone) }] : []),
          ...(run.durationSeconds === null ? [] : [{ term: "Duration", value: formatDuration(run.durationSeconds) }]),
          ...(run.sizeBytes === null ? [] : [{ term: "Size", value: formatBytes(run.sizeBytes) }]),
          ...(run.reviewedAt
            ? [
                {
                  term: "Reviewed",
                  value: `${formatMoment(run.reviewedAt, timeZone)}${run.reviewer ? `, ${run.reviewer}` : ""}`,
                },
              ]
            : []),
        ]}
      />
      <Told title="Odd" texts={run.odd} />
      <Told title="Notes" texts={run.notes} />
      <PanelObjects objects={objects} runId={run.id} />
      <PanelHistory history={history} runId={run.id} jobId={run.job.id} timeZone={timeZone} />
      {tickets.length > 0 && (
        <Part title="Open tickets and remarks">
          <ul className="grid gap-1">
            {tickets.map(({ id, kind, number, title }) => (
              <li key={id}>
                <Link href={`/${kind}s/${id}`} prefetch={false} className="break-words">
                  {number !== null && `T-${number} `}
                  {title}
                </Link>
                {kind === "remark" && <span className="text-muted"> (remark)</span>}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {reading && run.mail && <PanelMail mail={run.mail} reading={reading} timeZone={timeZone} />}
    </>
  );
}

function Told({ title, texts }: { title: string; texts: string[] }) {
  if (texts.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="list-disc pl-5">
        {texts.map((text) => (
          <li key={text} className="break-words">
            {text}
          </li>
        ))}
      </ul>
    </Part>
  );
}
