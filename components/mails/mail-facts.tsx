import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { formatBytes, formatMoment } from "@/lib/format";
import type { InboxMail } from "@/lib/mails/queries";
import { senderLabel } from "@/lib/mails/rules";

const sources = {
  upload: "Uploaded by",
  intake: "Delivered with the key",
  webhook: "Reported with the key",
  imap: "Read from the mailbox",
  graph: "Read from the mailbox",
  smtp: "Taken in by the listener",
  digest: "Part of a mail of",
  sample: "Sample of",
};

export function MailFacts({ mail, timeZone }: { mail: InboxMail; timeZone: string }) {
  const attachments = mail.attachments.map(({ name, sizeBytes }) => `${name} (${formatBytes(sizeBytes)})`);
  return (
    <Card title="Mail">
      <DescriptionList
        items={[
          { term: "From", value: senderLabel(mail) },
          { term: "Sent", value: formatMoment(mail.sentAt, timeZone) },
          { term: "Received", value: formatMoment(mail.receivedAt, timeZone) },
          { term: "Source", value: `${sources[mail.source]} ${mail.broughtBy}` },
          { term: "Size", value: formatBytes(mail.sizeBytes) },
          ...(attachments.length > 0 ? [{ term: "Attachments", value: attachments.join(", ") }] : []),
        ]}
      />
    </Card>
  );
}
