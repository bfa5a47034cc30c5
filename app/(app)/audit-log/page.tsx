import { AuditTable } from "@/components/audit/audit-table";
import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { control } from "@/components/ui/control";
import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import { requirePage } from "@/lib/access/guard";
import { type AuditSort, auditFilters, listAudit, listAuditAreas } from "@/lib/audit/queries";
import { hrefOf, readListQuery, type SearchParams } from "@/lib/list";

export default async function AuditLogPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/audit-log");
  const query = readListQuery<AuditSort>(await searchParams, ["-at", "at"], auditFilters);
  const [page, areas] = await Promise.all([listAudit(query), listAuditAreas()]);
  const { action, outcome, from, to } = query.filters;
  return (
    <Page
      access={access}
      title="Audit Log"
      description="Every change and every refusal: who, in which role, what, from where."
      actions={
        <ButtonLink href={hrefOf("/api/audit/export", query)} prefetch={false} download>
          Export CSV
        </ButtonLink>
      }
    >
      <SearchForm
        action="/audit-log"
        label="Search user, target or address"
        defaultValue={query.search}
        hidden={query.direction === "asc" ? { sort: "at" } : {}}
      >
        <FilterSelect
          label="Area"
          name="action"
          defaultValue={action}
          options={[{ value: "", label: "Every area" }, ...areas.map((area) => ({ value: area, label: area }))]}
        />
        <FilterSelect
          label="Outcome"
          name="outcome"
          defaultValue={outcome}
          options={[
            { value: "", label: "Every outcome" },
            { value: "done", label: "Done" },
            { value: "refused", label: "Refused" },
          ]}
        />
        <input type="date" name="from" aria-label="From" defaultValue={from} className={`${control} min-h-9 px-2`} />
        <input type="date" name="to" aria-label="To" defaultValue={to} className={`${control} min-h-9 px-2`} />
      </SearchForm>
      <AuditTable page={page} query={query} timeZone={access.account.timeZone} />
    </Page>
  );
}
