import Link from "next/link";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { Status } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { type Access, can } from "@/lib/access/can";
import { formatMoment } from "@/lib/format";
import { rateOf } from "@/lib/reports/rules";
import type { JobResult } from "@/lib/reports/types";
import { type Counts, sumOf, totalOf } from "@/lib/statuses";

const MOST_JOBS = 1000;

/** Customers with their sums, and below each its jobs. Who may not open customers or jobs reads their names. */
export function ResultsTable({ access, jobs }: { access: Access; jobs: JobResult[] }) {
  const tooMany = jobs.length > MOST_JOBS;
  return (
    <>
      {tooMany && (
        <Alert tone="info">
          {jobs.length.toLocaleString("en")} jobs are too many for one page: below are the sums of the customers. Choose
          a customer, or export the jobs as CSV.
        </Alert>
      )}
      <Table caption="Results per customer and job">
        <thead>
          <tr>
            <Th>Customer and job</Th>
            <Th align="right">Runs</Th>
            <Th align="right">Success</Th>
            <Th align="right">Warning</Th>
            <Th align="right">Failed</Th>
            <Th align="right">Missed</Th>
            <Th align="right">Unknown</Th>
            <Th align="right">Rate</Th>
            <Th>Last result</Th>
          </tr>
        </thead>
        {byCustomer(jobs).map(([first, own]) => (
          <tbody key={first.customerId} className="border-line border-t">
            <Tr className="bg-sunken">
              <Td header>
                <MaybeLink opens={can(access, "customers.view")} href={`/customers/${first.customerId}`}>
                  {first.customer}
                </MaybeLink>
              </Td>
              <Numbers counts={sumOf(own)} />
              <Td />
            </Tr>
            {!tooMany && own.map((job) => <JobRow key={job.jobId} access={access} job={job} />)}
          </tbody>
        ))}
      </Table>
    </>
  );
}

function JobRow({ access, job }: { access: Access; job: JobResult }) {
  return (
    <Tr>
      <Td className="pl-7">
        <MaybeLink opens={can(access, "resources.view")} href={`/jobs/${job.jobId}`}>
          {job.job}
        </MaybeLink>
      </Td>
      <Numbers counts={job} />
      <Td className="whitespace-nowrap">
        {job.lastStatus ? (
          <>
            <Status status={job.lastStatus} />{" "}
            <span className="text-muted">{formatMoment(job.lastRanAt, access.account.timeZone)}</span>
          </>
        ) : (
          <Status status="none" label="No run" />
        )}
      </Td>
    </Tr>
  );
}

function Numbers({ counts }: { counts: Counts }) {
  const columns = [totalOf(counts), counts.success, counts.warning, counts.failed, counts.missed, counts.unknown];
  return (
    <>
      {columns.map((count, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change places
        <Td key={index} align="right" className={count === 0 ? "text-muted" : undefined}>
          {count.toLocaleString("en")}
        </Td>
      ))}
      <Td align="right">{rateOf(counts)}</Td>
    </>
  );
}

function MaybeLink({ opens, href, children }: { opens: boolean; href: string; children: ReactNode }) {
  if (!opens) return children;
  return (
    <Link href={href} prefetch={false}>
      {children}
    </Link>
  );
}

function byCustomer(jobs: readonly JobResult[]): [JobResult, JobResult[]][] {
  const groups = new Map<string, [JobResult, JobResult[]]>();
  for (const job of jobs) {
    const group = groups.get(job.customerId);
    if (group) group[1].push(job);
    else groups.set(job.customerId, [job, [job]]);
  }
  return [...groups.values()];
}
