import { DeletedTable } from "@/components/mails/deleted-table";
import { PurgeDialog } from "@/components/mails/purge-mails";
import { SelectDeleted } from "@/components/mails/select-deleted";
import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchForm } from "@/components/ui/search-form";
import { requirePage } from "@/lib/access/guard";
import { readListQuery, type SearchParams } from "@/lib/list";
import { type DeletedSort, listDeletedMails } from "@/lib/mails/queries";

export default async function DeletedMailsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/deleted-mails");
  const query = readListQuery<DeletedSort>(await searchParams, ["-deleted", "deleted", "subject", "from"]);
  const page = await listDeletedMails(query);
  const nothing =
    query.search || query.cursor ? (
      <EmptyState title="No deleted mail matches." action={<ButtonLink href="/deleted-mails">Show all</ButtonLink>}>
        Another search may find it. What was deleted for good is only in the audit log.
      </EmptyState>
    ) : (
      <EmptyState title="No mail was deleted.">
        Mails that are deleted in the Inbox wait here, and can be put back.
      </EmptyState>
    );
  return (
    <Page
      access={access}
      title="Deleted Mails"
      description="Put back what was deleted by mistake, or delete it for good."
    >
      <SearchForm
        action="/deleted-mails"
        label="Search subject or sender"
        defaultValue={query.search}
        hidden={{ sort: (query.direction === "desc" ? "-" : "") + query.sort }}
      />
      <PurgeDialog>
        <SelectDeleted shown={page.rows.length}>
          {page.rows.length > 0 ? (
            <DeletedTable page={page} query={query} timeZone={access.account.timeZone} />
          ) : (
            nothing
          )}
        </SelectDeleted>
      </PurgeDialog>
    </Page>
  );
}
