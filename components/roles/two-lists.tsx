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
    <div className="min-w-0">
      <h3 className="font-semibold">{title}</h3>
      <ul className="mt-1 grid gap-0.5">
        {lines.map((line) => (
          <li
            key={line.key}
            className={cx("min-w-0 break-words px-1.5", marked.includes(line) && "rounded bg-warning-soft font-medium")}
          >
            {marked.includes(line) ? <ins className="no-underline">{line.text}</ins> : line.text}
          </li>
        ))}
        {lines.length === 0 && <li className="px-1.5 text-muted">Nothing</li>}
      </ul>
    </div>
  );
}
