import { type Gate, type PagePath, pages } from "../access/registry";

/** The menus of the account, as the table `menus` calls them. */
export const menuKeys = ["main", "header", "bottom", "shortcuts"] as const;
export type MenuKey = (typeof menuKeys)[number];

/** What people call them (product.md 7). */
export const menuNames: Record<MenuKey, string> = {
  main: "Main",
  header: "Header",
  bottom: "Bottom",
  shortcuts: "Dashboard shortcuts",
};

/** `label`: other than the page's title. */
export type MenuLink = { page: string; label?: string; hidden?: true };
export type MenuGroup = { label: string; hidden?: true; items: MenuLink[] };
export type StoredMenuItem = MenuLink | MenuGroup;

/** What the table holds of a menu. One that knows no page is as the registry has it. */
export type StoredMenu = { items: StoredMenuItem[]; knownPages: string[]; version: number };
export type StoredMenus = Partial<Record<MenuKey, StoredMenu>>;

/** A page that may be linked, with the menus where it stands unless an administrator said otherwise. */
export type LinkablePage = { path: string; title: string; gate: Gate; menus: MenuKey[]; group: string | null };

export const isGroup = (item: StoredMenuItem): item is MenuGroup => "items" in item;

const places: Record<string, MenuKey> = { Main: "main", Header: "header", Bottom: "bottom", Shortcuts: "shortcuts" };

/** Every page that a signed-in person can go to without choosing a row first, in the registry's order. */
export const linkablePages: readonly LinkablePage[] = pages
  .filter(({ path, gate }) => gate !== "public" && !path.includes("["))
  .map((page) => {
    const listed: string[] = "menu" in page ? [page.menu].flat() : [];
    const group = "group" in page ? page.group : null;
    return {
      path: page.path satisfies PagePath,
      title: page.title,
      gate: page.gate,
      menus: listed.flatMap((name) => places[name] ?? []),
      group,
    };
  });

const titles: ReadonlyMap<string, string> = new Map(linkablePages.map(({ path, title }) => [path, title]));

/** @returns what a page is called. */
export const titleOf = (page: string): string => titles.get(page) ?? "";

/** @returns what a link or a group is called: its own label, or its page's title. */
export const labelOf = (item: StoredMenuItem): string => item.label ?? (isGroup(item) ? "" : titleOf(item.page));
