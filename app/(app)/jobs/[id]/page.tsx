import { CustomerNameField } from "@/components/customers/customer-name-field";
import { RetentionNote } from "@/components/data/retention-note";
import { OpenTickets } from "@/components/desk-overview/open-tickets";
import { EditJob } from "@/components/jobs/edit-job";
import { JobFacts } from "@/components/jobs/job-facts";
import { JobHistory } from "@/components/jobs/job-history";
import { JobKeys } from "@/components/jobs/job-keys";
import { JobNews } from "@/components/jobs/job-news";
import { JobSchedule } from "@/components/jobs/job-schedule";
import { JobState } from "@/components/jobs/job-state";
import { MergeJob } from "@/components/jobs/merge-job";
import { Page } from "@/components/page";
import { JobRuns } from "@/components/runs/job-runs";
import { JobMarks } from "@/components/tickets/job-marks";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { jobMarks } from "@/lib/desk-overview/job-marks";
import { openTicketsOfJob } from "@/lib/desk-overview/queries";
import { lookalikes } from "@/lib/filing/merging/queries";
import { formatDay } from "@/lib/format";
import { getJob, jobHistory } from "@/lib/jobs/detail";
import { readListQuery, type SearchParams } from "@/lib/list";
import { retentionOf } from "@/lib/retention/queries";
import { listRunsOfJob } from "@/lib/runs/queries";
import { getJobSchedule } from "@/lib/schedules/queries";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default async function JobPage({ params, searchParams }: Props) {
  const access = await requirePage("/jobs/[id]");
  const address = await searchParams;
  const query = readListQuery<"ran">(address, ["-ran", "ran"], ["status"]);
  const job = await getJob((await params).id);
  const [past, runs, tickets, alike, retention, marks, schedule] = await Promise.all([
    jobHistory(job.id),
    listRunsOfJob(job.id, query),
    can(access, "tickets.view") ? openTicketsOfJob(job.id) : null,
    lookalikes(job.id),
    retentionOf(),
    jobMarks([job.id]),
    getJobSchedule(job.id),
  ]);
  const { timeZone } = access.account;
  return (
    <Page
      access={access}
      title={job.name}
      description={marks[job.id] && <JobMarks jobId={job.id} name={job.name} marks={marks[job.id]} />}
      actions={
        can(access, "jobs.manage") && (
          <>
            <EditJob
              job={{
                id: job.id,
                name: job.name,
                host: job.host,
                notes: job.notes,
                version: job.version,
                typeId: job.type.id,
              }}
              types={job.types}
              customerField={<CustomerNameField label="Customer" name="customer" defaultValue={job.customer.name} />}
            />
            <MergeJob job={{ id: job.id, name: job.name }} alike={alike} />
            <JobState job={{ id: job.id, name: job.name, archivedAt: job.archivedAt }} />
          </>
        )
      }
    >
      <JobNews name={job.name} params={address} />
      <JobHistory past={past} today={formatDay(new Date(), timeZone)} mode={access.account.dayStatus} />
      <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
        <JobFacts
          job={job}
          timeZone={timeZone}
          customerHref={can(access, "customers.view") ? `/customers/${job.customer.id}` : null}
        />
        <JobSchedule
          name={job.name}
          schedule={schedule}
          accountZone={timeZone}
          mayManage={can(access, "jobs.manage")}
        />
        <JobKeys job={job} alike={alike} mayManage={can(access, "jobs.manage")} />
        {tickets && (
          <OpenTickets
            rows={tickets}
            timeZone={timeZone}
            newHref={can(access, "tickets.manage") ? `/tickets?new=1&job=${job.id}` : null}
          />
        )}
      </div>
      <JobRuns path={`/jobs/${job.id}`} page={runs} query={query} timeZone={timeZone} />
      <RetentionNote retention={retention} timeZone={timeZone} />
    </Page>
  );
}
