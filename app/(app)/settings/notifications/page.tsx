import { DeliveryTable } from "@/components/outgoing/delivery-table";
import { OutgoingForm } from "@/components/outgoing/outgoing-form";
import { TryIt } from "@/components/outgoing/try-it";
import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterSelect, SearchForm } from "@/components/ui/search-form";
import { requirePage } from "@/lib/access/guard";
import { getProfile } from "@/lib/account/queries";
import { readListQuery, type SearchParams, sortParam } from "@/lib/list";
import { type DeliverySort, deliveryFilters, getOutgoing, listDeliveries } from "@/lib/outgoing/queries";

const PATH = "/settings/notifications";
const states = [
  { value: "", label: "All" },
  { value: "open", label: "Not sent yet" },
  { value: "failed", label: "Given up" },
  { value: "sent", label: "Sent" },
];

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const access = await requirePage("/settings/notifications");
  const query = readListQuery<DeliverySort>(await searchParams, ["-created", "created"], deliveryFilters);
  const [settings, page, profile] = await Promise.all([getOutgoing(), listDeliveries(query), getProfile()]);
  return (
    <Page
      access={access}
      title="Notifications"
      description="How mails and calls leave this account, and who is told about what."
    >
      <OutgoingForm settings={settings} />
      <div className="max-w-3xl">
        <TryIt hasMail={settings.smtpHost !== ""} hasCall={settings.webhookUrl !== ""} ownAddress={profile.email} />
      </div>
      <Card title="Mails and calls">
        <div className="grid gap-4">
          <SearchForm
            action={PATH}
            label="Search mails and calls"
            defaultValue={query.search}
            hidden={sortParam(query)}
          >
            <FilterSelect label="State" name="state" defaultValue={query.filters.state} options={states} />
          </SearchForm>
          {page.rows.length > 0 ? (
            <DeliveryTable path={PATH} page={page} query={query} timeZone={access.account.timeZone} />
          ) : (
            <Nothing isSearch={Boolean(query.search || query.filters.state || query.cursor)} />
          )}
        </div>
      </Card>
    </Page>
  );
}

function Nothing({ isSearch }: { isSearch: boolean }) {
  if (!isSearch)
    return <EmptyState title="Nothing was sent yet.">Mails and calls stand here as soon as there are any.</EmptyState>;
  return (
    <EmptyState title="Nothing matches." action={<ButtonLink href={PATH}>Clear the search</ButtonLink>}>
      Another word or another state may find it.
    </EmptyState>
  );
}
