import { InboxEmpty } from "@/components/mails/inbox-empty";
import { InboxList } from "@/components/mails/inbox-list";
import { InboxNews } from "@/components/mails/inbox-news";
import { RefreshWhileWaiting } from "@/components/mails/refresh-while-waiting";
import { SelectInbox } from "@/components/mails/select-inbox";
import { UploadButton } from "@/components/mails/upload-button";
import { UploadPanel } from "@/components/mails/upload-panel";
import { UploadsProvider } from "@/components/mails/uploads";
import { Page } from "@/components/page";
import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { coversEveryJob } from "@/lib/access/scope";
import { listSuggestions } from "@/lib/filing/queries";
import { readListQuery, type SearchParams } from "@/lib/list";
import { type InboxSort, listInbox } from "@/lib/mails/queries";
import { kindOptions } from "@/lib/mails/rules";

export default async function InboxPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/inbox");
  const params = await searchParams;
  const query = readListQuery<InboxSort>(params, ["-received", "received", "subject", "from"], ["kind"]);
  const page = await listInbox(query);
  const suggestions = await listSuggestions(page.rows);
  const mayProcess = can(access, "inbox.process");
  const list = (
    <InboxList {...{ page, suggestions, query }} timeZone={access.account.timeZone} selectable={mayProcess} />
  );
  const content = page.rows.length > 0 ? list : <InboxEmpty access={access} query={query} />;
  return (
    <UploadsProvider>
      <Page
        access={access}
        title="Inbox"
        description="Mails that belong to no job yet. Approve one, and the next of its job becomes a run by itself."
        actions={mayProcess && <UploadButton />}
      >
        <InboxNews params={params} />
        <RefreshWhileWaiting waiting={page.rows.flatMap(({ id, kind }) => (kind === "waiting" ? id : [])).join(" ")} />
        {mayProcess && <UploadPanel />}
        <SearchForm
          action="/inbox"
          label="Search subject or sender"
          defaultValue={query.search}
          hidden={{ sort: (query.direction === "desc" ? "-" : "") + query.sort }}
        >
          <FilterSelect label="Kind" name="kind" defaultValue={query.filters.kind} options={kindOptions} />
        </SearchForm>
        {mayProcess ? (
          <SelectInbox shown={page.rows.length} mayRead={can(access, "settings.manage") && coversEveryJob(access)}>
            {content}
          </SelectInbox>
        ) : (
          content
        )}
      </Page>
    </UploadsProvider>
  );
}
