import { CustomerFacts } from "@/components/customers/customer-facts";
import { CustomerState } from "@/components/customers/customer-state";
import { EditCustomer } from "@/components/customers/edit-customer";
import { OpenTickets } from "@/components/desk-overview/open-tickets";
import { JobsOfCustomer } from "@/components/jobs/jobs-of-customer";
import { Page } from "@/components/page";
import { LatestRuns } from "@/components/runs/latest-runs";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { getCustomer, listCustomerGroups } from "@/lib/customers/queries";
import { openTicketsOfCustomer } from "@/lib/desk-overview/queries";
import { type JobSort, jobSorts, listJobs } from "@/lib/jobs/queries";
import { readListQuery } from "@/lib/list";
import { latestRunsOfCustomer } from "@/lib/runs/queries";
import { timeZoneNames } from "@/lib/time-zones";

const LATEST = 15;

export default async function CustomerPage({ params }: { params: Promise<{ id: string }> }) {
  const access = await requirePage("/customers/[id]");
  const customer = await getCustomer((await params).id);
  const { id } = customer;
  const query = { ...readListQuery<JobSort>({}, jobSorts), filters: { customer: id } };
  const canManage = can(access, "customers.manage");
  const [jobs, runs, tickets, groups] = await Promise.all([
    can(access, "resources.view") ? listJobs(query) : null,
    can(access, "resources.view") ? latestRunsOfCustomer(id, LATEST) : null,
    can(access, "tickets.view") ? openTicketsOfCustomer(id) : null,
    canManage ? listCustomerGroups() : [],
  ]);
  const { timeZone } = access.account;
  return (
    <Page
      access={access}
      title={customer.name}
      actions={
        canManage && (
          <>
            <EditCustomer
              customer={{
                id,
                name: customer.name,
                reference: customer.reference,
                group: customer.group,
                notes: customer.notes,
                timeZone: customer.timeZone,
                version: customer.version,
              }}
              groups={groups.map(({ name }) => name)}
              timeZones={timeZoneNames()}
            />
            <CustomerState customer={{ id, name: customer.name, deactivatedAt: customer.deactivatedAt }} />
          </>
        )
      }
    >
      <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
        <CustomerFacts customer={customer} timeZone={timeZone} />
        {tickets && (
          <OpenTickets
            rows={tickets}
            timeZone={timeZone}
            newHref={can(access, "tickets.manage") ? `/tickets?new=1&customer=${id}` : null}
          />
        )}
      </div>
      {jobs && <JobsOfCustomer customerId={id} page={jobs} timeZone={timeZone} />}
      {runs && <LatestRuns rows={runs} timeZone={timeZone} />}
    </Page>
  );
}
