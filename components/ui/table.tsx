import { ChevronDown, ChevronsUpDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

type Align = "left" | "right" | "center";
type Sort = { href: string; direction: "asc" | "desc" | null };

const aligned = { left: "text-left", right: "text-right whitespace-nowrap", center: "text-center" };
const ariaSort = { asc: "ascending", desc: "descending" } as const;

/** A table that scrolls inside itself, never the page. `cards`: below 640 px each row is a card (give every Td its `label`). */
export function Table({ caption, cards, children }: { caption: string; cards?: boolean; children: ReactNode }) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
      tabIndex={0}
      className={cx(
        "relative w-full overflow-x-auto contain-inline-size rounded-lg border border-line bg-surface",
        cards && "table-cards",
      )}
    >
      <table className={cx("w-full border-collapse text-sm tabular-nums", !cards && "max-sm:min-w-xl")}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

/** A row; `selected` marks it as chosen. */
export function Tr({ selected, className, ...row }: { selected?: boolean } & ComponentProps<"tr">) {
  return (
    <tr className={cx("border-line border-t first:border-t-0", selected && "bg-accent-soft", className)} {...row} />
  );
}

/** The head of a column; with `sort` its text is a link that sorts. */
export function Th({ sort, align = "left", className, children, ...cell }: { sort?: Sort; align?: Align } & ThProps) {
  return (
    <th
      scope="col"
      aria-sort={sort ? (sort.direction ? ariaSort[sort.direction] : "none") : undefined}
      className={cx(
        "whitespace-nowrap border-line border-b bg-sunken px-3 py-1.5 font-semibold text-muted text-xs in-[.table-cards]:max-sm:border-b-0",
        aligned[align],
        className,
      )}
      {...cell}
    >
      {sort ? <SortLink sort={sort}>{children}</SortLink> : children}
    </th>
  );
}

type ThProps = Omit<ComponentProps<"th">, "align">;

function SortLink({ sort, children }: { sort: Sort; children: ReactNode }) {
  const Arrow = sort.direction === "asc" ? ChevronUp : sort.direction === "desc" ? ChevronDown : ChevronsUpDown;

  return (
    <Link href={sort.href} prefetch={false} scroll={false} className="inline-flex items-center gap-1 text-inherit">
      {children}
      <Arrow aria-hidden className={cx("size-3.5", sort.direction ? "text-accent" : "opacity-60")} />
    </Link>
  );
}

/** A cell; `label` names its column on phones, `header` makes it the head of its row. */
export function Td({ align = "left", label, header, className, ...cell }: TdProps) {
  const look = cx("px-3 py-1.5 align-baseline", aligned[align], className);
  if (header) return <th scope="row" data-label={label} className={cx(look, "font-medium")} {...cell} />;
  return <td data-label={label} className={look} {...cell} />;
}

type TdProps = { align?: Align; label?: string; header?: boolean } & Omit<ComponentProps<"td">, "align">;
