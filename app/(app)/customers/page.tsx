import { AddCustomer } from "@/components/customers/add-customer";
import { CustomerTable } from "@/components/customers/customer-table";
import { GroupFilter } from "@/components/customers/group-filter";
import { ImportCustomers } from "@/components/customers/import-customers";
import { NoCustomers } from "@/components/customers/no-customers";
import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { Pager } from "@/components/ui/pager";
import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import {
  type CustomerSort,
  countCustomers,
  customerFilters,
  customerSorts,
  listCustomerGroups,
  listCustomers,
} from "@/lib/customers/queries";
import { hrefOf, readListQuery, type SearchParams, sortParam } from "@/lib/list";
import { timeZoneNames } from "@/lib/time-zones";

export default async function CustomersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/customers");
  const query = readListQuery<CustomerSort>(await searchParams, customerSorts, customerFilters);
  const [page, count, groups] = await Promise.all([listCustomers(query), countCustomers(query), listCustomerGroups()]);
  const canManage = can(access, "customers.manage");
  return (
    <Page
      access={access}
      title="Customers"
      actions={
        <>
          <ButtonLink href={hrefOf("/api/customers/export", query)} prefetch={false} download>
            Export CSV
          </ButtonLink>
          {canManage && <ImportCustomers />}
          {canManage && <AddCustomer groups={groups.map(({ name }) => name)} timeZones={timeZoneNames()} />}
        </>
      }
    >
      <SearchForm action="/customers" label="Search customers" defaultValue={query.search} hidden={sortParam(query)}>
        <FilterSelect
          label="State"
          name="state"
          defaultValue={query.filters.state}
          options={[
            { value: "", label: "Active" },
            { value: "deactivated", label: "Deactivated" },
            { value: "all", label: "All" },
          ]}
        />
        {groups.length > 0 && <GroupFilter groups={groups} group={query.filters.group} />}
      </SearchForm>
      {page.rows.length === 0 ? (
        <NoCustomers query={query} canManage={canManage} />
      ) : (
        <>
          <CustomerTable
            rows={page.rows}
            query={query}
            hasGroups={groups.length > 0}
            seesJobs={can(access, "resources.view")}
            seesTickets={can(access, "tickets.view")}
          />
          <Pager
            previousHref={page.previous && hrefOf("/customers", query, { cursor: page.previous })}
            nextHref={page.next && hrefOf("/customers", query, { cursor: page.next })}
            summary={`${count} ${count === "1" ? "customer" : "customers"}`}
          />
        </>
      )}
    </Page>
  );
}
