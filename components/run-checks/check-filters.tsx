import { ButtonLink } from "@/components/ui/button";
import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import type { ListQuery } from "@/lib/list";
import type { CheckCounts, Choice } from "@/lib/run-checks/counts";

type Props = { query: ListQuery; counts: CheckCounts; seesTickets: boolean };

/** Narrows what waits; each choice says how many runs one would see. */
export function CheckFilters({ query: { search, filters }, counts, seesTickets }: Props) {
  const { status, customer, software, type, only } = filters;
  const { odd, ticket, overridden } = counts.only;
  return (
    <SearchForm
      action="/run-checks"
      label="Search customer, job or host"
      defaultValue={search}
      hidden={status ? { status } : {}}
    >
      <div className="grid w-full grid-cols-2 gap-2 sm:contents">
        <FilterSelect
          label="Customer"
          name="customer"
          defaultValue={customer}
          options={options("Every customer", counts.customers, customer)}
        />
        <FilterSelect
          label="Software"
          name="software"
          defaultValue={software}
          options={options("Every software", counts.softwares, software)}
        />
        <FilterSelect
          label="Type"
          name="type"
          defaultValue={type}
          options={options("Every type", counts.types, type)}
        />
        <FilterSelect
          label="Only"
          name="only"
          defaultValue={only}
          options={[
            { value: "", label: "All of them" },
            { value: "odd", label: `Odd ones (${odd})` },
            ...(seesTickets ? [{ value: "ticket", label: `With a ticket (${ticket})` }] : []),
            { value: "overridden", label: `Overridden (${overridden})` },
          ]}
        />
      </div>
      {(customer || software || type || only) && (
        <ButtonLink
          href={`/run-checks?${new URLSearchParams({ ...(search && { q: search }), ...(status && { status }) })}`}
        >
          Clear filters
        </ButtonLink>
      )}
    </SearchForm>
  );
}

/** What is chosen stays in the list, also when nothing of it waits any more. */
function options(all: string, choices: readonly Choice[], chosen = "") {
  const isThere = chosen === "" || choices.some(({ value }) => value === chosen);
  return [
    { value: "", label: all },
    ...(isThere ? [] : [{ value: chosen, label: "The chosen one (0)" }]),
    ...choices.map(({ value, label, count }) => ({ value, label: `${label} (${count})` })),
  ];
}
