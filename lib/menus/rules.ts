import { pagesIn } from "./moving";
import {
  isGroup,
  type LinkablePage,
  labelOf,
  linkablePages,
  type MenuGroup,
  type MenuKey,
  type MenuLink,
  menuKeys,
  type StoredMenu,
  type StoredMenuItem,
  type StoredMenus,
} from "./types";

/** A menu as it holds now; `newPages` came with a later version than the one it was stored with. */
export type Menu = { items: StoredMenuItem[]; newPages: string[]; version: number; isStored: boolean };
export type Menus = Record<MenuKey, Menu>;

/** A run of links as people see them; `label` is the group's name, null for links outside of groups. */
export type ShownGroup = { label: string | null; items: { href: string; label: string; badge?: number }[] };

/**
 * The menus of the account: what is stored, without pages that are gone, and with those that came later in their default place.
 * @param all the pages there are; tests give others.
 */
export function menusOf(stored: StoredMenus, all: readonly LinkablePage[] = linkablePages): Menus {
  return Object.fromEntries(menuKeys.map((key) => [key, menuOf(key, stored[key], all)])) as Menus;
}

/** @returns one menu; see `menusOf`. */
export function menuOf(key: MenuKey, stored: StoredMenu | undefined, all = linkablePages): Menu {
  const version = stored?.version ?? 0;
  if (!stored || stored.knownPages.length === 0)
    return { items: defaultItems(key, all), newPages: [], version, isStored: false };
  const kept = existing(stored.items, all);
  const known = new Set([...stored.knownPages, ...pagesIn(kept)]);
  const later = all.filter(({ path, menus }) => menus.includes(key) && !known.has(path));
  const items = later.reduce((made, page) => withPage(made, page, key, all), kept);
  return { items, newPages: later.map(({ path }) => path), version, isStored: true };
}

/** @returns a menu as the registry has it: in the registry's order, groups last. */
export function defaultItems(key: MenuKey, all: readonly LinkablePage[] = linkablePages): StoredMenuItem[] {
  const links: MenuLink[] = [];
  const groups = new Map<string, MenuGroup>();
  for (const page of all.filter(({ menus }) => menus.includes(key))) {
    const label = groupIn(key, page);
    if (label === null) links.push({ page: page.path });
    else if (!groups.has(label)) groups.set(label, { label, items: [{ page: page.path }] });
    else groups.get(label)?.items.push({ page: page.path });
  }
  return [...links, ...groups.values()];
}

/** Headings of the registry are those of the main menu. */
const groupIn = (key: MenuKey, page: LinkablePage): string | null => (key === "main" ? page.group : null);

/** @returns the items whose pages exist, each page once. */
function existing(items: readonly StoredMenuItem[], all: readonly LinkablePage[]): StoredMenuItem[] {
  const left = new Set(all.map(({ path }) => path));
  return items.flatMap<StoredMenuItem>((item) => {
    if (isGroup(item)) return { ...item, items: item.items.filter(({ page }) => left.delete(page)) };
    return left.delete(item.page) ? item : [];
  });
}

/** Puts a page that came later beside the neighbours that the registry gives it, as far as they are there. */
function withPage(
  items: readonly StoredMenuItem[],
  page: LinkablePage,
  key: MenuKey,
  all: readonly LinkablePage[],
): StoredMenuItem[] {
  const link: MenuLink = { page: page.path };
  const label = groupIn(key, page);
  const siblings = all.filter((one) => one.menus.includes(key) && groupIn(key, one) === label).map(({ path }) => path);
  if (label === null) return besideSiblings(items, link, siblings);
  const home = items.find((item) => isGroup(item) && item.label === label) ?? groupOfAny(items, siblings);
  if (!home) return [...items, { label, items: [link] }];
  return items.map((item) =>
    item === home && isGroup(item)
      ? { ...item, items: besideSiblings(item.items, link, siblings) as MenuLink[] }
      : item,
  );
}

const groupOfAny = (items: readonly StoredMenuItem[], paths: readonly string[]): MenuGroup | undefined =>
  items.filter(isGroup).find((group) => group.items.some(({ page }) => paths.includes(page)));

/** After the nearest sibling before it, else before the nearest one after it, else at the end. */
function besideSiblings(items: readonly StoredMenuItem[], link: MenuLink, siblings: string[]): StoredMenuItem[] {
  const at = siblings.indexOf(link.page);
  const placeOf = (path: string) => items.findIndex((item) => !isGroup(item) && item.page === path);
  const before = siblings
    .slice(0, at)
    .map(placeOf)
    .findLast((place) => place >= 0);
  const after = siblings
    .slice(at + 1)
    .map(placeOf)
    .find((place) => place >= 0);
  return items.toSpliced(before === undefined ? (after ?? items.length) : before + 1, 0, link);
}

/**
 * What a role is shown of each menu: hidden links, links it may not open and empty groups are not there.
 * @param canOpen whether the role may open the page of this address.
 */
export function effectiveMenus(
  stored: StoredMenus,
  canOpen: (page: string) => boolean,
  all: readonly LinkablePage[] = linkablePages,
): Record<MenuKey, ShownGroup[]> {
  const menus = menusOf(stored, all);
  return Object.fromEntries(menuKeys.map((key) => [key, shownOf(menus[key].items, canOpen)])) as Record<
    MenuKey,
    ShownGroup[]
  >;
}

/** @returns what a role is shown of one menu, in its order: runs of links between the groups are groups without a name. */
export function shownOf(items: readonly StoredMenuItem[], canOpen: (page: string) => boolean): ShownGroup[] {
  const shown: ShownGroup[] = [];
  const linksOf = (links: readonly MenuLink[]) =>
    links
      .filter((link) => !link.hidden && canOpen(link.page))
      .map((link) => ({ href: link.page, label: labelOf(link) }));
  for (const item of items) {
    if (isGroup(item)) {
      if (!item.hidden) shown.push({ label: item.label, items: linksOf(item.items) });
      continue;
    }
    const last = shown.at(-1);
    if (last?.label === null) last.items.push(...linksOf([item]));
    else shown.push({ label: null, items: linksOf([item]) });
  }
  return shown.filter((group) => group.items.length > 0);
}

/** @param badges numbers behind links, by address; 0 shows nothing. */
export const withBadges = (groups: readonly ShownGroup[], badges: Record<string, number>): ShownGroup[] =>
  groups.map((group) => ({
    ...group,
    items: group.items.map((item) => ({ ...item, badge: badges[item.href] || undefined })),
  }));
