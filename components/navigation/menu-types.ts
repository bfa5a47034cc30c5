import type { ReactNode } from "react";
import type { MenuKey } from "@/lib/menus/types";

/** A link of a menu; `badge` is a number of things that wait there. */
export type MenuLink = { href: string; label: string; badge?: number };
export type MenuGroup = { label: string | null; items: MenuLink[] };
/** The menus around every page; an empty one is not there. */
export type BarMenus = Record<Exclude<MenuKey, "shortcuts">, MenuGroup[]>;
export type AccountMenuContent = { username: string; items: { href: string; label: string }[]; signOut: ReactNode };
