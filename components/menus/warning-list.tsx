import { Info, TriangleAlert } from "lucide-react";
import type { MenuWarning } from "@/lib/menus/warnings";

const AT_FIRST = 12;

/** What rights and menus have to say to each other, worst first; long lists are folded. */
export function WarningList({ warnings }: { warnings: readonly MenuWarning[] }) {
  if (warnings.length === 0) return <p className="text-muted">Whatever may be opened is in a menu.</p>;
  const [first, more] = [warnings.slice(0, AT_FIRST), warnings.slice(AT_FIRST)];
  return (
    <div className="grid gap-1">
      <WarningLines warnings={first} />
      {more.length > 0 && (
        <details>
          <summary className="cursor-pointer text-accent">{more.length} more</summary>
          <WarningLines warnings={more} />
        </details>
      )}
    </div>
  );
}

export function WarningLines({ warnings }: { warnings: readonly MenuWarning[] }) {
  return (
    <ul className="grid gap-1">
      {warnings.map(({ text, kind }) => (
        <li key={text} className="flex gap-2">
          {kind === "no-link" ? (
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
          ) : (
            <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
          )}
          <span className="min-w-0">{text}</span>
        </li>
      ))}
    </ul>
  );
}
