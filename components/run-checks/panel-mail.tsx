import { DescriptionList } from "@/components/ui/description-list";
import type { RunPanelData } from "@/lib/desk-overview/run-panel";
import { formatMoment } from "@/lib/format";
import { fieldLabel } from "@/lib/mails/marks";
import { Part } from "./part";

type Props = {
  mail: NonNullable<RunPanelData["run"]["mail"]>;
  reading: NonNullable<RunPanelData["reading"]>;
  timeZone: string;
};

/** The mail the run was read from, and which of its words told what. */
export function PanelMail({ mail, reading: { text, isCut, evidence }, timeZone }: Props) {
  return (
    <Part title="Mail">
      <DescriptionList
        items={[
          { term: "Subject", value: mail.subject || "–" },
          { term: "From", value: mail.fromAddress || "–" },
          { term: "Received", value: formatMoment(mail.receivedAt, timeZone) },
        ]}
      />
      {evidence.length > 0 && (
        <details>
          <summary>Where it says so</summary>
          <dl className="mt-1 grid grid-cols-[minmax(5rem,auto)_1fr] gap-x-4 gap-y-1">
            {evidence.map(({ field, text: words }) => (
              <div key={`${field} ${words}`} className="contents">
                <dt className="text-muted">{fieldLabel(field)}</dt>
                <dd className="min-w-0 break-words">“{words}”</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <details open>
        <summary>Text of the mail</summary>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
          tabIndex={0}
          className="mt-1 max-h-96 overflow-auto whitespace-pre-wrap break-words rounded-md border border-line bg-sunken p-2 text-sm"
        >
          {text || "The mail has no text."}
          {isCut && "\n…"}
        </pre>
      </details>
      <p>
        <a href={`/api/mails/${mail.id}/text`} target="_blank" rel="noreferrer">
          Open the whole mail as text
        </a>
      </p>
    </Part>
  );
}
