import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { formatMoment } from "@/lib/format";
import type { Run } from "@/lib/runs/queries";

/** The mail the run was read from. The frame runs and loads nothing of it; its answer says so a second time. */
export function RunMail({ mail, timeZone }: { mail: NonNullable<Run["mail"]>; timeZone: string }) {
  const address = `/api/mails/${mail.id}`;
  return (
    <Card
      title="Mail"
      actions={
        <>
          <a href={`${address}/text`} target="_blank" rel="noreferrer">
            Show as text
          </a>
          <a href={`${address}/source`} download>
            Download source
          </a>
        </>
      }
    >
      <DescriptionList
        items={[
          { term: "Subject", value: mail.subject || "–" },
          { term: "From", value: mail.fromAddress || "–" },
          { term: "Received", value: formatMoment(mail.receivedAt, timeZone) },
        ]}
      />
      <iframe
        title="Mail"
        src={`${address}/body`}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        loading="lazy"
        referrerPolicy="no-referrer"
        className="mt-3 h-128 w-full rounded-md border border-line"
      />
    </Card>
  );
}
