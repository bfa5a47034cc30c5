import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import type { ListQuery } from "@/lib/list";
import type { RoleView } from "./types";

const sorts = [
  { value: "username", label: "Username, A to Z" },
  { value: "-username", label: "Username, Z to A" },
  { value: "name", label: "Name, A to Z" },
  { value: "email", label: "E-mail, A to Z" },
  { value: "-signIn", label: "Last sign-in, newest first" },
  { value: "signIn", label: "Last sign-in, oldest first" },
  { value: "-created", label: "Newest users first" },
];

const states = [
  { value: "", label: "Every state" },
  { value: "enabled", label: "Enabled" },
  { value: "disabled", label: "Disabled" },
  { value: "expiring", label: "A role ends within 7 days" },
];

/** Search, filters and sorting of the list; one control each, so that a phone has the same as a wide screen. */
export function UserFilters({ query, roles }: { query: ListQuery; roles: RoleView[] }) {
  const roleOptions = [
    { value: "", label: "Every role" },
    ...roles.map(({ id, name }) => ({ value: id, label: name })),
    { value: "none", label: "No role" },
  ];
  return (
    <SearchForm action="/settings/users" label="Search users" defaultValue={query.search}>
      <FilterSelect label="Role" name="role" options={roleOptions} defaultValue={query.filters.role} />
      <FilterSelect label="State" name="state" options={states} defaultValue={query.filters.state} />
      <FilterSelect
        label="Sort by"
        name="sort"
        options={sorts}
        defaultValue={(query.direction === "desc" ? "-" : "") + query.sort}
      />
    </SearchForm>
  );
}
