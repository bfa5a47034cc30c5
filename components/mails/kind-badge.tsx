import { Badge, Status } from "@/components/ui/status";
import { kindLabels, type MailKind } from "@/lib/mails/rules";
import type { RunStatus } from "@/lib/statuses";

type Props = { kind: MailKind; status: RunStatus | null; results: number; alert: string | null };

/** What a mail turned out to be: the status of a result, else the word for what it is. */
export function MailResult({ kind, status, results, alert }: Props) {
  if (alert) return <Badge tone="warning">Alert</Badge>;
  if (kind !== "run" || !status) return <Badge tone={kindLabels[kind].tone}>{kindLabels[kind].label}</Badge>;
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <Status status={status} />
      {results > 1 && <Badge>{results} results</Badge>}
    </span>
  );
}
