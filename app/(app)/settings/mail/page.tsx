import Link from "next/link";
import { CreateKey } from "@/components/intake-keys/create-key";
import { Example } from "@/components/intake-keys/example";
import { KeyTable } from "@/components/intake-keys/key-table";
import { Page } from "@/components/page";
import { Card } from "@/components/ui/card";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { getIntakeAddress, listIntakeKeys } from "@/lib/intake-keys/queries";

export default async function MailSourcesPage() {
  const access = await requirePage("/settings/mail");
  const [keys, address] = await Promise.all([listIntakeKeys(), getIntakeAddress()]);
  const mayManage = can(access, "tokens.manage");
  return (
    <Page
      access={access}
      title="Mail Sources"
      description="How the mails of backup software come in: machines deliver them with a key, people upload them."
      actions={mayManage && <CreateKey />}
    >
      <KeyTable keys={keys} timeZone={access.account.timeZone} mayManage={mayManage} />
      <Card title="Deliver with a key">
        <Example address={address} />
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
