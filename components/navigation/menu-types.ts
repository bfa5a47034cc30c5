import type { ReactNode } from "react";

/** A link of a menu; `badge` is a number of things that wait there. */
export type MenuLink = { href: string; label: string; badge?: number };
export type MenuGroup = { label: string | null; items: MenuLink[] };
export type AccountMenuContent = { username: string; items: { href: string; label: string }[]; signOut: ReactNode };
