import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import type { JobListFacts, JobSort } from "@/lib/jobs/queries";
import { type ListQuery, sortParam } from "@/lib/list";

export function JobFilters({ query, facts }: { query: ListQuery<JobSort>; facts: JobListFacts }) {
  const { software, type, result, state, customer } = query.filters;
  return (
    <SearchForm
      action="/jobs"
      label="Search job, host or customer"
      defaultValue={query.search}
      hidden={{ ...sortParam(query), ...(customer && { customer }) }}
    >
      <FilterSelect
        label="Software"
        name="software"
        defaultValue={software}
        options={[
          { value: "", label: "Every software" },
          ...facts.softwares.map((name) => ({ value: name, label: name })),
        ]}
      />
      <FilterSelect
        label="Type"
        name="type"
        defaultValue={type}
        options={[
          { value: "", label: "Every type" },
          ...facts.types.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <FilterSelect
        label="Last result"
        name="result"
        defaultValue={result}
        options={[
          { value: "", label: "Every result" },
          { value: "failed", label: "Failed" },
          { value: "warning", label: "Warning" },
          { value: "unknown", label: "Unknown" },
          { value: "success", label: "Success" },
          { value: "none", label: "No run yet" },
        ]}
      />
      <FilterSelect
        label="State"
        name="state"
        defaultValue={state}
        options={[
          { value: "", label: "In use" },
          { value: "archived", label: "Archived" },
          { value: "all", label: "All" },
        ]}
      />
    </SearchForm>
  );
}
