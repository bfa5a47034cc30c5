import { Alert } from "@/components/ui/alert";
import { DescriptionList } from "@/components/ui/description-list";
import { Badge } from "@/components/ui/status";
import { formatBytes, formatMoment } from "@/lib/format";
import type { SourceRow } from "@/lib/sources/queries";
import { kindLabels, placeOf, stateOf } from "@/lib/sources/rules";
import { Recipient } from "./recipient";
import { SourceControls } from "./source-controls";

type Props = { source: SourceRow; timeZone: string; now: number };

/** A mail source: how it is, what it brought, and what can be done with it. */
export function SourceItem({ source, timeZone, now }: Props) {
  const { id, name, kind, options, error, recipient, left, version, disabledAt } = source;
  const state = stateOf(source, now);
  const at = (moment: Date | null) => (moment ? formatMoment(moment, timeZone) : "Never");
  return (
    <li className="grid min-w-0 gap-3 p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="min-w-0 break-words text-base">{name}</h3>
        <Badge tone={state.tone}>{state.label}</Badge>
        <p className="min-w-0 break-words text-muted text-sm">
          {kindLabels[kind]}: {placeOf(kind, options)}
        </p>
      </div>
      {error && !disabledAt && (
        <Alert tone="danger" title={error}>
          {source.failedAt && <p>{formatMoment(source.failedAt, timeZone)}</p>}
        </Alert>
      )}
      <DescriptionList
        items={[
          { term: kind === "smtp" ? "Last listening" : "Last success", value: at(source.succeededAt) },
          { term: "Mails taken", value: source.mailCount.toLocaleString("en") },
          { term: "Last mail", value: at(source.lastMailAt) },
          ...(recipient
            ? [{ term: "Secret recipient", value: <Recipient id={id} name={name} secret={recipient} /> }]
            : []),
          ...(left.length > 0 ? [{ term: "Left in the mailbox", value: left.map(leftLabel).join("; ") }] : []),
        ]}
      />
      <SourceControls source={{ id, version, kind, name, options, disabledAt }} />
    </li>
  );
}

const leftLabel = ({ subject, bytes }: SourceRow["left"][number]): string =>
  `“${subject || "(no subject)"}” (${bytes > 0 ? `more than 25 MB: ${formatBytes(bytes)}` : "the mailbox cannot hand it out"})`;
