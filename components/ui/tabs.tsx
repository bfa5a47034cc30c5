import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx";

type Tab = { href: string; label: ReactNode; current: boolean };

/** Links between the views of one page; each has an address of its own. */
export function Tabs({ label, items }: { label: string; items: Tab[] }) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto contain-inline-size border-line border-b">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          prefetch={false}
          aria-current={item.current ? "page" : undefined}
          className={cx(
            "inline-flex min-h-9 items-center whitespace-nowrap border-b-2 px-3 no-underline -outline-offset-2 pointer-coarse:min-h-11",
            item.current ? "border-accent font-semibold text-ink" : "border-transparent text-muted hover:text-ink",
          )}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
