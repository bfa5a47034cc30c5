import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import { type ListQuery, sortParam } from "@/lib/list";
import type { overrideFacts } from "@/lib/overrides/queries";
import { scopes } from "@/lib/overrides/types";
import { scopeLabels } from "@/lib/overrides/words";

type Props = { query: ListQuery; facts: Awaited<ReturnType<typeof overrideFacts>> };

export function OverrideFilters({ query, facts }: Props) {
  const { state, scope, software, customer, job } = query.filters;
  return (
    <SearchForm
      action="/overrides"
      label="Search overrides"
      defaultValue={query.search}
      hidden={{ ...sortParam(query), ...(job && { job }) }}
    >
      <FilterSelect
        label="State"
        name="state"
        defaultValue={state}
        options={[
          { value: "", label: "Active and planned" },
          { value: "active", label: "Active" },
          { value: "planned", label: "Planned" },
          { value: "ended", label: "Ended" },
          { value: "all", label: "All" },
        ]}
      />
      <FilterSelect
        label="Applies to"
        name="scope"
        defaultValue={scope}
        options={[{ value: "", label: "Anything" }, ...scopes.map((value) => ({ value, label: scopeLabels[value] }))]}
      />
      {facts.softwares.length > 0 && (
        <FilterSelect
          label="Software"
          name="software"
          defaultValue={software}
          options={[{ value: "", label: "All" }, ...facts.softwares.map((value) => ({ value, label: value }))]}
        />
      )}
      {facts.customers.length > 0 && (
        <FilterSelect
          label="Customer"
          name="customer"
          defaultValue={customer}
          options={[
            { value: "", label: "All" },
            ...facts.customers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
    </SearchForm>
  );
}
