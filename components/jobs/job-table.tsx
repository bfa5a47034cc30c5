import Link from "next/link";
import { JobMarks } from "@/components/tickets/job-marks";
import { Badge, Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { JobMarks as Marks } from "@/lib/desk-overview/job-marks";
import { formatMoment } from "@/lib/format";
import type { JobRow, JobSort } from "@/lib/jobs/queries";
import { type ListQuery, sortLink } from "@/lib/list";

type Props = {
  rows: JobRow[];
  timeZone: string;
  /** Sorts by the heads of the columns; without it they are plain. */
  query?: ListQuery<JobSort>;
  hideCustomer?: boolean;
  /** By job: what is known about it. */
  marks?: Record<string, Marks>;
};

export function JobTable({ rows, timeZone, query, hideCustomer, marks }: Props) {
  const sort = (by: JobSort) => query && sortLink("/jobs", query, by);
  return (
    <Table caption="Jobs" cards>
      <thead>
        <tr>
          <Th sort={sort("name")}>Name</Th>
          {!hideCustomer && <Th sort={sort("customer")}>Customer</Th>}
          <Th sort={sort("software")}>Software</Th>
          <Th sort={sort("type")}>Type</Th>
          <Th sort={sort("host")}>Host</Th>
          <Th sort={sort("result")}>Last result</Th>
          <Th sort={sort("ran")}>Last run</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((job) => (
          <Tr key={job.id}>
            <Td header>
              <Link href={`/jobs/${job.id}`} prefetch={false}>
                {job.name}
              </Link>{" "}
              {job.archivedAt && <Badge>Archived</Badge>}{" "}
              <JobMarks jobId={job.id} name={job.name} marks={marks?.[job.id]} />
            </Td>
            {!hideCustomer && <Td label="Customer">{job.customer}</Td>}
            <Td label="Software">{job.software || "–"}</Td>
            <Td label="Type">{job.type}</Td>
            <Td label="Host">{job.host || "–"}</Td>
            <Td label="Last result">
              <Status status={job.status ?? "none"} />
            </Td>
            <Td label="Last run" className="whitespace-nowrap">
              {job.runId ? (
                <Link href={`/runs/${job.runId}`} prefetch={false}>
                  {formatMoment(job.ranAt, timeZone)}
                </Link>
              ) : (
                "–"
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
