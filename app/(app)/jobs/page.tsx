import { JobFilters } from "@/components/jobs/job-filters";
import { JobTable } from "@/components/jobs/job-table";
import { NoJobs } from "@/components/jobs/no-jobs";
import { Page } from "@/components/page";
import { Pager } from "@/components/ui/pager";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { jobMarks } from "@/lib/desk-overview/job-marks";
import { type JobSort, jobFilters, jobListFacts, jobSorts, listJobs } from "@/lib/jobs/queries";
import { hrefOf, readListQuery, type SearchParams } from "@/lib/list";

export default async function JobsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/jobs");
  const query = readListQuery<JobSort>(await searchParams, jobSorts, jobFilters);
  const [page, facts] = await Promise.all([listJobs(query), jobListFacts(query)]);
  const marks = await jobMarks(page.rows.map(({ id }) => id));
  const customer = query.filters.customer ? page.rows[0]?.customer : undefined;
  return (
    <Page access={access} title="Jobs" description={customer && `Of ${customer} only.`}>
      <JobFilters query={query} facts={facts} />
      {page.rows.length === 0 ? (
        <NoJobs query={query} inboxHref={can(access, "inbox.view") ? "/inbox" : null} />
      ) : (
        <>
          <JobTable rows={page.rows} query={query} timeZone={access.account.timeZone} marks={marks} />
          <Pager
            previousHref={page.previous && hrefOf("/jobs", query, { cursor: page.previous })}
            nextHref={page.next && hrefOf("/jobs", query, { cursor: page.next })}
            summary={`${facts.count} ${facts.count === "1" ? "job" : "jobs"}`}
          />
        </>
      )}
    </Page>
  );
}
