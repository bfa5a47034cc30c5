import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ListQuery } from "@/lib/list";

/** Stands where the list would, and says what to do next. */
export function NoOverrides({ query, manages }: { query: ListQuery; manages: boolean }) {
  if (query.search || query.cursor || Object.values(query.filters).some(Boolean))
    return (
      <EmptyState title="No override matches." action={<ButtonLink href="/overrides">Clear the search</ButtonLink>}>
        Another word or another state may find it.
      </EmptyState>
    );
  return (
    <EmptyState
      title="No override counts now or later."
      action={<ButtonLink href="/overrides?state=all">Show all overrides</ButtonLink>}
    >
      {manages
        ? 'When a failure or warning is known and accepted for a time, say so with "New override" above.'
        : "Every run counts as what it is."}
    </EmptyState>
  );
}
