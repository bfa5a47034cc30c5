import { Alert } from "@/components/ui/alert";
import type { Items } from "@/lib/menus/moving";
import { outlineOf } from "@/lib/menus/outline";

/** Two editors: what the other one stored, beside what stands here. Lines that only one of them has are marked. */
export function MenuConflict({ stored, mine }: { stored: Items; mine: Items }) {
  return (
    <Alert tone="warning" title="Somebody else stored this menu meanwhile.">
      <p>Yours is still in the editor. Lines that only one of both has are bold.</p>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <Outline title="Stored now" items={stored} other={mine} />
        <Outline title="Yours" items={mine} other={stored} />
      </div>
    </Alert>
  );
}

function Outline({ title, items, other }: { title: string; items: Items; other: Items }) {
  const lines = outlineOf(items);
  const theirs = outlineOf(other).map(({ text }) => text);
  return (
    <div className="min-w-0">
      <h3 className="text-base">{title}</h3>
      {lines.length === 0 && <p className="text-muted">No links</p>}
      <ul aria-label={title}>
        {lines.map(({ text, isInGroup }) => (
          <li key={text} className={isInGroup ? "pl-4" : undefined}>
            {theirs.includes(text) ? text : <b>{text}</b>}
          </li>
        ))}
      </ul>
    </div>
  );
}
