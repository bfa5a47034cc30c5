"use client";
import { useState } from "react";
import type { Items } from "@/lib/menus/moving";
import type { Menus } from "@/lib/menus/rules";
import { type MenuKey, menuKeys } from "@/lib/menus/types";

/** A menu in the editor: what it started from, with the version of that, and what has become of it. */
type Draft = { version: number; base: Items; items: Items };
type Drafts = Record<MenuKey, Draft>;

const isSame = (a: Items, b: Items): boolean => JSON.stringify(a) === JSON.stringify(b);
const isChanged = ({ base, items }: Draft): boolean => !isSame(base, items);
const fresh = (items: Items, version: number): Draft => ({ version, base: items, items });

/**
 * The four menus as they are being edited. One that was stored by somebody else meanwhile is taken over while mine is
 * unchanged, and is `outdated` when it is not.
 */
export function useMenuDrafts(menus: Menus) {
  const [drafts, setDrafts] = useState<Drafts>(
    () => Object.fromEntries(menuKeys.map((key) => [key, fresh(menus[key].items, menus[key].version)])) as Drafts,
  );
  const set = (key: MenuKey, next: (draft: Draft) => Draft) =>
    setDrafts((current) => ({ ...current, [key]: next(current[key]) }));
  const outdated = menuKeys.filter((key) => menus[key].version > drafts[key].version);
  const takeOver = (key: MenuKey) => set(key, () => fresh(menus[key].items, menus[key].version));
  for (const key of outdated) if (!isChanged(drafts[key])) takeOver(key);

  return {
    drafts,
    changed: menuKeys.filter((key) => isChanged(drafts[key])),
    outdated: outdated.filter((key) => isChanged(drafts[key])),
    change: (key: MenuKey, items: Items) => set(key, (draft) => ({ ...draft, items })),
    reset: (key: MenuKey) => set(key, (draft) => ({ ...draft, items: draft.base })),
    takeOver,
    /** These items were stored as this version; what was changed since they were sent stays. */
    stored: (key: MenuKey, items: Items, version: number) => set(key, (draft) => ({ ...draft, version, base: items })),
    /** The menu is stored as these items, whatever was here. */
    restored: (key: MenuKey, items: Items, version: number) => set(key, () => fresh(items, version)),
  };
}

export type MenuDrafts = ReturnType<typeof useMenuDrafts>;
