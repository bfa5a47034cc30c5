import { Card } from "@/components/ui/card";
import { formatMoment } from "@/lib/format";
import type { HistoryEntry } from "@/lib/tickets/history";
import { historyWords } from "@/lib/tickets/history-words";

/** Who did what to it, for those who may read the audit log. */
export function HistoryCard({ entries, timeZone }: { entries: HistoryEntry[]; timeZone: string }) {
  return (
    <Card title="History">
      {entries.length === 0 && <p className="text-muted">The audit log says nothing about it.</p>}
      <ol className="grid gap-1.5">
        {entries.map((entry) => (
          <li key={entry.id} className="min-w-0 break-words">
            <span className="text-muted text-sm">
              {formatMoment(entry.at, timeZone)}, {entry.actor || "nobody"}
            </span>
            <span className="block">{historyWords(entry)}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
