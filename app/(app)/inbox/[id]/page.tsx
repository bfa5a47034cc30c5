import { Trash2 } from "lucide-react";
import { ActionButton } from "@/components/form/action-button";
import { Approval } from "@/components/mails/approval";
import { DigestParts } from "@/components/mails/digest-parts";
import { InboxNews } from "@/components/mails/inbox-news";
import { MailContent, type MailView } from "@/components/mails/mail-content";
import { MailFacts } from "@/components/mails/mail-facts";
import { PartOf } from "@/components/mails/part-of";
import { Recognised } from "@/components/mails/recognised";
import { RefreshWhileWaiting } from "@/components/mails/refresh-while-waiting";
import { Page } from "@/components/page";
import { ButtonLink } from "@/components/ui/button";
import { can } from "@/lib/access/can";
import { requirePage } from "@/lib/access/guard";
import { coversEveryJob } from "@/lib/access/scope";
import type { SearchParams } from "@/lib/list";
import { deleteMail } from "@/lib/mails/actions";
import { getInboxMail } from "@/lib/mails/queries";
import { subjectLabel } from "@/lib/mails/rules";
import { startReparse } from "@/lib/reparses/actions";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

/** No parser of a product knows it. */
const isReadByWords = (parser: string): boolean => parser === "none" || parser === "generic";

export default async function MailPage({ params, searchParams }: Props) {
  const access = await requirePage("/inbox/[id]");
  const mail = await getInboxMail((await params).id);
  const query = await searchParams;
  const views: MailView[] = ["mail", "text", "source"];
  const view = views.find((one) => one === query.view) ?? (mail.hasHtml ? "mail" : "text");
  const isDigest = mail.kind === "digest";
  const mayProcess = can(access, "inbox.process") && !isDigest;
  const mayApprove = mayProcess && mail.kind !== "info" && mail.kind !== "waiting";
  const isWhole = mail.part === null && mail.rawPurgedAt === null && mail.kind !== "waiting";
  const mayRead = isWhole && can(access, "settings.manage") && coversEveryJob(access);
  const remove = (
    <ActionButton action={deleteMail} hidden={{ mail: mail.id }} icon={<Trash2 aria-hidden />}>
      Delete
    </ActionButton>
  );
  return (
    <Page
      access={access}
      title={subjectLabel(mail.subject)}
      actions={
        <>
          {can(access, "settings.manage") && isReadByWords(mail.parser) && (
            <ButtonLink href={`/settings/parsers/new?mail=${mail.id}`}>Make a rule</ButtonLink>
          )}
          {mayRead && (
            <ActionButton action={startReparse} hidden={{ which: "mails", "ids[]": [mail.id] }}>
              Read again
            </ActionButton>
          )}
          {mayProcess && remove}
        </>
      }
    >
      <InboxNews params={query} />
      <RefreshWhileWaiting waiting={mail.kind === "waiting" ? mail.id : ""} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4 lg:order-2">
          {mayApprove && <Approval key={mail.id} access={access} mail={mail} />}
          {mail.part !== null && <PartOf id={mail.id} />}
          {isDigest && <DigestParts id={mail.id} />}
          <Recognised mail={mail} timeZone={access.account.timeZone} />
          <MailFacts mail={mail} timeZone={access.account.timeZone} />
        </div>
        <MailContent mail={mail} view={view} />
      </div>
    </Page>
  );
}
