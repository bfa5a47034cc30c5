import type { Gate, Right } from "../access/registry";
import {
  isGroup,
  labelOf,
  linkablePages,
  type MenuKey,
  type MenuLink,
  menuKeys,
  menuNames,
  type StoredMenuItem,
} from "./types";

/** The menus as stored, or as they stand in an editor. */
export type MenuItems = Record<MenuKey, { items: readonly StoredMenuItem[] }>;

/** What a role may open. `everything`: it may open whatever there is, so what only it sees is seen by nobody else. */
export type MenuRole = { id: string; name: string; everything: boolean; opens: readonly string[] };

export type MenuWarning = {
  text: string;
  /** The role it speaks of; null when it speaks of a link. */
  roleId: string | null;
  /** A link that leads nobody anywhere may be meant; a role that does not find its page hardly ever is. */
  kind: "no-link" | "only-admin" | "nobody";
};

/** @returns the pages that a role with these rights may open. */
export function opensOf(rights: ReadonlySet<Right>): string[] {
  const isOpen = (gate: Gate) => gate === "signed-in" || rights.has(gate as Right);
  return linkablePages.filter(({ gate }) => isOpen(gate)).map(({ path }) => path);
}

/** They are reached without a menu: by the product's name, and through the account menu. */
const ALWAYS_REACHED = ["/dashboard", "/account"];

/**
 * Both halves of what rights and menus have to say to each other (product.md 7).
 * @returns pages that a role may open and no menu shows it, then links that nobody, or nobody but Admin, is shown.
 */
export function menuWarnings(menus: MenuItems, roles: readonly MenuRole[]): MenuWarning[] {
  const places = menuKeys.flatMap((key) => placesIn(key, menus[key].items));
  const linked = new Set(places.filter(({ isHidden }) => !isHidden).map(({ link }) => link.page));
  return [...missingLinks(linked, roles), ...places.flatMap((place) => unseenLink(place, roles))];
}

type LinkPlace = { name: string; link: MenuLink; isHidden: boolean };

function placesIn(key: MenuKey, items: readonly StoredMenuItem[]): LinkPlace[] {
  const placed = (link: MenuLink, isHidden: boolean) => ({
    name: `${menuNames[key]} > ${labelOf(link)}`,
    link,
    isHidden: isHidden || Boolean(link.hidden),
  });
  return items.flatMap((item) =>
    isGroup(item) ? item.items.map((link) => placed(link, Boolean(item.hidden))) : placed(item, false),
  );
}

function missingLinks(linked: ReadonlySet<string>, roles: readonly MenuRole[]): MenuWarning[] {
  const unlinked = linkablePages.filter(({ path }) => !linked.has(path) && !ALWAYS_REACHED.includes(path));
  return roles.flatMap(({ id, name, opens }) =>
    unlinked
      .filter(({ path }) => opens.includes(path))
      .map(
        ({ title }): MenuWarning => ({
          text: `${name} may open ${title}, but no menu links to it`,
          roleId: id,
          kind: "no-link",
        }),
      ),
  );
}

function unseenLink({ name, link, isHidden }: LinkPlace, roles: readonly MenuRole[]): MenuWarning[] {
  if (isHidden) return [{ text: `${name} is shown to nobody: it is hidden`, roleId: null, kind: "nobody" }];
  const seers = roles.filter(({ opens }) => opens.includes(link.page));
  const [only] = seers;
  if (!only) return [{ text: `${name} is shown to nobody`, roleId: null, kind: "nobody" }];
  if (seers.length > 1 || !only.everything) return [];
  return [{ text: `${name} is shown to nobody but ${only.name}`, roleId: null, kind: "only-admin" }];
}
