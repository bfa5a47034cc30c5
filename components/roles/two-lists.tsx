import { cx } from "@/components/ui/cx";
import { differing, type Line } from "@/lib/roles/changes";

type List = { title: string; lines: readonly Line[] };

/** Two versions of a role beside each other; what the other does not have so is marked. */
export function TwoLists({ left, right }: { left: List; right: List }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <OneList {...left} others={right.lines} />
      <OneList {...right} others={left.lines} />
    </div>
  );
}

function OneList({ title, lines, others }: List & { others: readonly Line[] }) {
  const marked = differing(lines, others);
  return (
    <div className="min-w-0 rounded-md border border-line bg-surface p-3">
      <p className="mb-1 font-semibold">{title}</p>
      <ul aria-label={title} className="grid gap-0.5">
        {lines.map((line) => (
          <li
            key={line.key}
            className={cx("min-w-0 break-words rounded px-1.5", marked.includes(line) && "bg-warning-soft font-medium")}
          >
            {marked.includes(line) && <span className="sr-only">Differs: </span>}
            {line.text}
          </li>
        ))}
        {lines.length === 0 && <li className="px-1.5 text-muted">Nothing</li>}
      </ul>
    </div>
  );
}
