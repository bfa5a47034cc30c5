import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ListQuery } from "@/lib/list";

export function NoJobs({ query, inboxHref }: { query: ListQuery; inboxHref: string | null }) {
  const isNarrowed = query.search || query.cursor || Object.values(query.filters).some(Boolean);
  if (isNarrowed)
    return (
      <EmptyState title="No job matches." action={<ButtonLink href="/jobs">Show all jobs</ButtonLink>}>
        Another word or fewer filters may find it.
      </EmptyState>
    );
  return (
    <EmptyState
      title="There are no jobs yet."
      action={inboxHref && <ButtonLink href={inboxHref}>Open the Inbox</ButtonLink>}
    >
      A job is made when its first mail is approved in the Inbox; its next mails come here by themselves.
    </EmptyState>
  );
}
