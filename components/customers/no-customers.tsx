import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ListQuery } from "@/lib/list";

export function NoCustomers({ query, canManage }: { query: ListQuery; canManage: boolean }) {
  if (query.search || query.filters.state || query.filters.group || query.cursor)
    return (
      <EmptyState title="No customer matches." action={<ButtonLink href="/customers">Show all customers</ButtonLink>}>
        {query.search ? `Nothing was found for "${query.search}".` : "There is none in this state and group."}
      </EmptyState>
    );
  return (
    <EmptyState title="There are no customers yet.">
      {canManage
        ? "Add the first one, import a file, or approve a mail in the Inbox: that can add its customer too."
        : "They appear here as soon as somebody adds them."}
    </EmptyState>
  );
}
