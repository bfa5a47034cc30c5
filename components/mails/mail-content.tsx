import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Tabs } from "@/components/ui/tabs";
import { getInboxSource, getInboxText, type InboxMail } from "@/lib/mails/queries";
import { SHOWN_SOURCE_BYTES } from "@/lib/mails/rules";
import { MarkedText } from "./marked-text";

export type MailView = "mail" | "text" | "source";

/** The mail itself in one of three views; nothing of it runs, and nothing is loaded from elsewhere. */
export function MailContent({ mail, view }: { mail: InboxMail; view: MailView }) {
  const tab = (name: MailView, label: string) => ({
    href: `/inbox/${mail.id}?view=${name}`,
    label,
    current: view === name,
  });
  return (
    <section aria-label="The mail as it came" className="grid min-w-0 gap-4">
      <Tabs label="Views of the mail" items={[tab("mail", "Mail"), tab("text", "Text"), tab("source", "Source")]} />
      {view === "mail" && <MailFrame id={mail.id} />}
      {view === "text" && <Text mail={mail} />}
      {view === "source" && <Source id={mail.id} sizeBytes={mail.sizeBytes} />}
    </section>
  );
}

function MailFrame({ id }: { id: string }) {
  return (
    <iframe
      src={`/api/mails/${id}/body`}
      title="Mail body"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      loading="lazy"
      className="h-[70dvh] min-h-80 w-full resize-y rounded-lg border border-line bg-white"
    />
  );
}

/** The words that decided something are marked; in a digest they would be all of it. */
async function Text({ mail }: { mail: InboxMail }) {
  const text = await getInboxText(mail.id);
  const evidence = mail.kind === "digest" ? [] : mail.parsed.flatMap((run) => run.evidence);
  return (
    <Plain label="Text of the mail">
      {text ? <MarkedText text={text} evidence={evidence} /> : "The mail has no text."}
    </Plain>
  );
}

async function Source({ id, sizeBytes }: { id: string; sizeBytes: number }) {
  const source = await getInboxSource(id);
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <ButtonLink href={`/api/mails/${id}/source`} size="sm" icon={<Download aria-hidden />} download>
          Download
        </ButtonLink>
        {sizeBytes > SHOWN_SOURCE_BYTES && <span className="text-muted">Only the beginning is shown.</span>}
      </div>
      <Plain label="Source of the mail">{source}</Plain>
    </div>
  );
}

function Plain({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
      className="max-h-[70dvh] overflow-auto rounded-lg border border-line bg-surface p-3 contain-inline-size"
    >
      <pre className="whitespace-pre-wrap font-mono text-sm [overflow-wrap:anywhere]">{children}</pre>
    </section>
  );
}
