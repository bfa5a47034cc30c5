import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type Access, can } from "@/lib/access/can";
import type { ListQuery } from "@/lib/list";

/** Stands where the list would: nothing there yet, all done, or nothing found. */
export function InboxEmpty({ access, query }: { access: Access; query: ListQuery }) {
  if (query.search || query.filters.kind || query.cursor) {
    return (
      <EmptyState title="No mail matches." action={<ButtonLink href="/inbox">Show all</ButtonLink>}>
        Another search or another kind may find it. Mails of known jobs are not here but with their jobs.
      </EmptyState>
    );
  }
  const mayConnect = can(access, "settings.manage");
  return (
    <EmptyState
      title="No mail waits for a job."
      action={mayConnect && <ButtonLink href="/settings/mail">Mail Sources</ButtonLink>}
    >
      {can(access, "inbox.process") &&
        "Upload mails of backup software with the button above, or drop .eml files here. "}
      {mayConnect && "Machines deliver mails by themselves with a key."}
    </EmptyState>
  );
}
