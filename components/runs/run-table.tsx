import Link from "next/link";
import { Badge, Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { formatBytes, formatDuration, formatMoment } from "@/lib/format";
import type { RunRow } from "@/lib/runs/queries";

type Props = { caption: string; rows: RunRow[]; timeZone: string; showJob?: boolean };

/** Runs, each leading to its page; `showJob` where they belong to several jobs. */
export function RunTable({ caption, rows, timeZone, showJob }: Props) {
  return (
    <Table caption={caption} cards>
      <thead>
        <tr>
          <Th>Ran</Th>
          {showJob && <Th>Job</Th>}
          <Th>Result</Th>
          <Th align="right">Duration</Th>
          <Th align="right">Size</Th>
          <Th>Message</Th>
          <Th>Reviewed</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((run) => (
          <Tr key={run.id}>
            <Td header className="whitespace-nowrap">
              <Link href={`/runs/${run.id}`} prefetch={false}>
                {formatMoment(run.ranAt, timeZone)}
              </Link>
            </Td>
            {showJob && <Td label="Job">{run.job}</Td>}
            <Td label="Result">
              <Status status={run.status} /> {run.isOverridden && <Badge tone="info">Overridden</Badge>}{" "}
              {run.isOdd && <Badge tone="warning">Odd</Badge>}
            </Td>
            <Td label="Duration" align="right">
              {formatDuration(run.durationSeconds)}
            </Td>
            <Td label="Size" align="right">
              {formatBytes(run.sizeBytes)}
            </Td>
            <Td label="Message" className={run.message === null ? "max-sm:hidden" : ""}>
              {run.message ?? "–"}
            </Td>
            <Td label="Reviewed">{run.reviewer ? `by ${run.reviewer}` : "no"}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
