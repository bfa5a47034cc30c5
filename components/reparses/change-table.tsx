import Link from "next/link";
import { Badge, Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatBytes, formatCount, formatMoment } from "@/lib/format";
import { keyInWords } from "@/lib/jobs/rules";
import { kindLabels, subjectLabel } from "@/lib/mails/rules";
import { CHANGES_SHOWN, type ReparseChange } from "@/lib/reparses/queries";
import type { Reading } from "@/lib/reparses/types";

type Props = { changes: ReparseChange[]; total: number; timeZone: string };

/** What was read of each mail, and what is read of it now. */
export function ChangeTable({ changes, total, timeZone }: Props) {
  return (
    <>
      <Table caption="What would change" cards>
        <thead>
          <tr>
            <Th>Mail</Th>
            <Th>Where it is</Th>
            <Th>Before</Th>
            <Th>Now</Th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <Tr key={change.mailId}>
              <Td label="Mail" header className="max-w-sm break-words text-left">
                <a href={`/api/mails/${change.mailId}/body`} target="_blank" rel="noreferrer">
                  {subjectLabel(change.subject)}
                </a>
              </Td>
              <Td label="Where it is">
                <Place change={change} />
              </Td>
              <Td label="Before">
                <ReadingText reading={change.before} other={change.after} timeZone={timeZone} />
              </Td>
              <Td label="Now">
                <ReadingText reading={change.after} other={change.before} timeZone={timeZone} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {total > changes.length && <p className="text-muted text-sm">The first {CHANGES_SHOWN} are shown.</p>}
    </>
  );
}

function Place({ change: { mailId, deletedAt, jobId, job, customer, runId, reviewedAt } }: { change: ReparseChange }) {
  if (deletedAt) return <Link href="/deleted-mails">Deleted Mails</Link>;
  if (!jobId) return <Link href={`/inbox/${mailId}`}>Inbox</Link>;
  return (
    <span className="block min-w-0">
      <Link href={runId ? `/runs/${runId}` : `/jobs/${jobId}`}>{job}</Link>, {customer}{" "}
      {reviewedAt && <Badge>Reviewed</Badge>}
    </span>
  );
}

type ReadingProps = { reading: Partial<Reading>; other: Partial<Reading>; timeZone: string };

/** Readings that an older version of the product stored may lack parts. By what the job is known is told only where that changes. */
function ReadingText({ reading, other, timeZone }: ReadingProps) {
  const results = reading.results ?? [];
  const kind = reading.kind && kindLabels[reading.kind];
  return (
    <span className="grid min-w-0 gap-1">
      {kind && (results.length !== 1 || reading.kind !== "run") && (
        <span>
          <Badge tone={kind.tone}>{kind.label}</Badge> {results.length > 1 && formatCount(results.length, "result")}
        </span>
      )}
      {results.slice(0, 5).map((result, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the results of a reading never change their order
        <span key={index} className="block">
          <Status status={result.status} /> {result.jobName || "No job name"}
          <span className="block text-muted text-xs">
            {[
              result.host,
              result.startedAt && formatMoment(result.startedAt, timeZone),
              result.sizeBytes !== null && formatBytes(result.sizeBytes),
              formatCount(result.objects, "object"),
              result.matchKey !== other.results?.[index]?.matchKey && keyInWords(result.matchKey),
            ]
              .filter(Boolean)
              .join(", ")}
          </span>
        </span>
      ))}
    </span>
  );
}
