"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/cx";
import { activeHref } from "./active-link";
import type { MenuGroup, MenuLink } from "./menu-types";

type Layout = "bar" | "row" | "list";
type Props = { menu: MenuGroup[]; layout: Layout; currentPath?: string };

/** The groups of a menu, with the page one is on marked; in a bar or a row they wrap behind their names, in a list they stand under them. */
export function MenuLinks({ menu, layout, currentPath }: Props) {
  const pathname = usePathname();
  const active = activeHref(
    currentPath ?? pathname,
    menu.flatMap((group) => group.items.map((item) => item.href)),
  );

  return menu.map((group, index) => (
    <div
      key={group.label ?? group.items[0]?.href ?? index}
      className={cx(
        layout === "list" ? "py-2" : "flex flex-wrap items-center",
        layout !== "list" && !group.label && "border-line not-first:ml-2 not-first:border-l not-first:pl-2",
      )}
    >
      {group.label && (
        <p className={cx("font-semibold text-muted text-xs", layout === "list" ? "px-3.5 py-1" : "px-2.5")}>
          {group.label}
        </p>
      )}
      <ul aria-label={group.label ?? undefined} className={cx(layout !== "list" && "flex flex-wrap")}>
        {group.items.map((item) => (
          <li key={item.href}>
            <MenuEntry item={item} active={item.href === active} layout={layout} />
          </li>
        ))}
      </ul>
    </div>
  ));
}

const looks = {
  bar: "min-h-9 border-b-2 px-2.5 text-sm",
  row: "min-h-8 rounded-md border-b-2 px-2 text-sm",
  list: "min-h-11 rounded-r-md border-l-2 px-3",
};

function MenuEntry({ item, active, layout }: { item: MenuLink; active: boolean; layout: Layout }) {
  return (
    <Link
      href={item.href}
      prefetch={false}
      aria-current={active ? "page" : undefined}
      className={cx(
        "flex items-center gap-1.5 whitespace-nowrap no-underline -outline-offset-2 pointer-coarse:min-h-11",
        looks[layout],
        active
          ? "border-accent font-semibold text-ink"
          : "border-transparent text-muted hover:bg-sunken hover:text-ink",
      )}
    >
      {item.label}
      {item.badge ? (
        <span className="rounded-full bg-accent px-1.5 font-semibold text-on-accent text-xs leading-4.5 tabular-nums">
          {" "}
          {item.badge}
          <span className="sr-only"> waiting</span>
        </span>
      ) : null}
    </Link>
  );
}
