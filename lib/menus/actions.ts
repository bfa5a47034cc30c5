"use server";
import { and, eq, sql } from "drizzle-orm";
import { pages } from "../access/registry";
import { action } from "../action";
import { lastToChange } from "../conflicts";
import type { Tx } from "../db";
import { menus } from "../db/schema/menus";
import { ConflictError } from "../errors";
import { plainOutline } from "./outline";
import { menuOf } from "./rules";
import { menuSchema, restoreSchema } from "./schema";
import { storedMenus } from "./stored";
import { type MenuKey, menuNames, type StoredMenuItem } from "./types";

export const saveMenu = action(
  "menus.manage",
  menuSchema,
  async ({ tx, audit }, { key, version, items }) => {
    const before = await itemsNow(tx, key);
    const next = await replaceMenu(tx, key, version, { items, knownPages: pages.map(({ path }) => path) });
    if (!next) throw await conflict(tx, key);
    audit({ action: "menu.update", target: menuNames[key], targetId: key, before: told(before), after: told(items) });
    return { message: `The menu ${menuNames[key]} was updated.`, data: { version: next } };
  },
  { name: "menu.update" },
);

export const restoreMenu = action(
  "menus.manage",
  restoreSchema,
  async ({ tx, audit }, { key, version }) => {
    const before = await itemsNow(tx, key);
    // It keeps its row, so that versions go on counting; knowing no page, it is as the registry has it.
    const next = await replaceMenu(tx, key, version, { items: [], knownPages: [] });
    if (!next) throw await conflict(tx, key);
    const after = told(menuOf(key, undefined).items);
    audit({ action: "menu.restore", target: menuNames[key], targetId: key, before: told(before), after });
    return { message: `The menu ${menuNames[key]} is as it was at first.`, data: { version: next } };
  },
  { name: "menu.restore" },
);

async function itemsNow(tx: Tx, key: MenuKey): Promise<StoredMenuItem[]> {
  return menuOf(key, (await storedMenus(tx))[key]).items;
}

const told = (items: readonly StoredMenuItem[]) => ({ Links: plainOutline(items).join("; ") });

/** @returns the new version, or null when it is another by now. A menu that is not stored has the version 0. */
async function replaceMenu(
  tx: Tx,
  key: MenuKey,
  version: number,
  next: { items: StoredMenuItem[]; knownPages: string[] },
): Promise<number | null> {
  const row = { key, ...next, version: 1 };
  const written =
    version === 0
      ? await tx.insert(menus).values(row).onConflictDoNothing().returning({ version: menus.version })
      : await tx
          .update(menus)
          .set({ ...next, version: sql`${menus.version} + 1` })
          .where(and(eq(menus.key, key), eq(menus.version, version)))
          .returning({ version: menus.version });
  return written[0]?.version ?? null;
}

/** The editor shows what is stored beside what was sent. */
async function conflict(tx: Tx, key: MenuKey): Promise<ConflictError> {
  const who = await lastToChange(tx, { what: "menu", id: key });
  return new ConflictError(`${who} changed this menu meanwhile. Nothing was stored.`);
}
