import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { SourceRow } from "@/lib/sources/queries";
import { SourceItem } from "./source-item";

type Props = { sources: SourceRow[]; timeZone: string; now: number };

export function SourceList({ sources, timeZone, now }: Props) {
  if (sources.length === 0)
    return (
      <EmptyState title="There is no mail source yet.">
        Add a mailbox that is to be read, or a listener that machines deliver to. Or create a key below.
      </EmptyState>
    );
  return (
    <Card title="Mailboxes and listeners">
      <ul className="-m-4 divide-y divide-line">
        {sources.map((source) => (
          <SourceItem key={source.id} source={source} timeZone={timeZone} now={now} />
        ))}
      </ul>
    </Card>
  );
}
