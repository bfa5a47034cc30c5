import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import type { CalendarSort } from "@/lib/calendar/queries";
import { kindLabels, kinds } from "@/lib/calendar/types";
import { type ListQuery, sortParam } from "@/lib/list";

export function CalendarFilters({ query }: { query: ListQuery<CalendarSort> }) {
  return (
    <SearchForm
      action="/settings/calendar"
      label="Search name, customer or job"
      defaultValue={query.search}
      hidden={sortParam(query)}
    >
      <FilterSelect
        label="State"
        name="state"
        defaultValue={query.filters.state}
        options={[
          { value: "", label: "Now and later" },
          { value: "past", label: "Past" },
          { value: "all", label: "All" },
        ]}
      />
      <FilterSelect
        label="Kind"
        name="kind"
        defaultValue={query.filters.kind}
        options={[{ value: "", label: "Both kinds" }, ...kinds.map((value) => ({ value, label: kindLabels[value] }))]}
      />
    </SearchForm>
  );
}
