import "server-only";
import { cache } from "react";
import { type Access, passes } from "../access/can";
import type { Gate } from "../access/registry";
import { db, type Executor } from "../db";
import { menus } from "../db/schema/menus";
import { effectiveMenus, type ShownGroup } from "./rules";
import { linkablePages, type MenuKey, type StoredMenuItem, type StoredMenus } from "./types";

/** @returns the menus that an administrator changed. One query; nothing of it goes to a browser unfiltered. */
export async function storedMenus(executor: Executor): Promise<StoredMenus> {
  const rows = await executor.select().from(menus);
  return Object.fromEntries(
    rows.map(({ key, items, knownPages, version }) => [key, { items: items as StoredMenuItem[], knownPages, version }]),
  );
}

/** One answer for the bar and the page under it. */
const storedOnce = cache(() => storedMenus(db()));

/** @returns the menus as whoever sends this request sees them: links that they may open, no empty groups. */
export async function menusFor(access: Access): Promise<Record<MenuKey, ShownGroup[]>> {
  const open = new Set(linkablePages.filter(({ gate }) => isOpen(access, gate)).map(({ path }) => path));
  return effectiveMenus(await storedOnce(), (page) => open.has(page));
}

/** Who must choose a new password first is led nowhere else. */
const isOpen = (access: Access, gate: Gate): boolean =>
  passes(access, gate) && (gate === "signed-in" || !access.mustChangePassword);
