import Link from "next/link";
import { CreateKey } from "@/components/intake-keys/create-key";
import { Examples } from "@/components/intake-keys/examples";
import { KeyTable } from "@/components/intake-keys/key-table";
import { Page } from "@/components/page";
import { AddSource } from "@/components/sources/add-source";
import { SilentAlert } from "@/components/sources/silent-alert";
import { SourceList } from "@/components/sources/source-list";
import { Card } from "@/components/ui/card";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { getIntakeAddress, listIntakeKeys } from "@/lib/intake-keys/queries";
import { listSources } from "@/lib/sources/queries";

export default async function MailSourcesPage() {
  const access = await requirePage("/settings/mail");
  const [sources, keys, address] = await Promise.all([listSources(), listIntakeKeys(), getIntakeAddress()]);
  const mayManage = can(access, "tokens.manage");
  const { timeZone } = access.account;
  return (
    <Page
      access={access}
      title="Mail Sources"
      description="How the mails of backup software come in: from mailboxes that are read, by a listener, with a key, by upload."
      actions={
        <>
          {mayManage && <CreateKey />}
          <AddSource />
        </>
      }
    >
      <SilentAlert channels={[...sources, ...keys]} timeZone={timeZone} />
      <SourceList sources={sources} timeZone={timeZone} now={Date.now()} />
      <section className="grid min-w-0 gap-2">
        <h2 className="text-base">Intake keys</h2>
        <KeyTable keys={keys} timeZone={timeZone} mayManage={mayManage} />
      </section>
      <Card title="Deliver with a key">
        <Examples address={address} />
      </Card>
      <Card title="Upload">
        <p>
          Mails saved as .eml files can be uploaded in the{" "}
          {can(access, "inbox.view") ? <Link href="/inbox">Inbox</Link> : "Inbox"}, many at once.
        </p>
      </Card>
    </Page>
  );
}
