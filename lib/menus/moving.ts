import { isGroup, labelOf, type MenuGroup, type MenuLink, type StoredMenuItem } from "./types";

/** A menu on its way through an editor; nothing here changes what it was given. */
export type Items = readonly StoredMenuItem[];
export type Direction = "up" | "down" | "into" | "out";
/** Where a dragged item is let go: beside another one, or in a group. */
export type Drop = { id: string; place: "before" | "after" | "inside" };
/** Where an item stands: `group` is the id of the group around it, or null. */
export type Place = { item: StoredMenuItem; group: MenuGroup | null; index: number; count: number };

/** @returns what an item is called inside its menu: a page is linked once, names of groups are unlike each other. */
export const idOf = (item: StoredMenuItem): string => (isGroup(item) ? `group ${item.label}` : item.page);

/** @returns every item in the order one reads them: a group, then its links. */
export const readingOrder = (items: Items): StoredMenuItem[] =>
  items.flatMap((item) => (isGroup(item) ? [item, ...item.items] : [item]));

/** @returns the pages that a menu links, also those it hides. */
export const pagesIn = (items: Items): string[] =>
  readingOrder(items).flatMap((item) => (isGroup(item) ? [] : item.page));

/** @returns where an item stands, or null when it is not there. */
export function placeOf(items: Items, id: string): Place | null {
  const groups: [MenuGroup | null, Items][] = [[null, items], ...items.filter(isGroup).map(within)];
  for (const [group, siblings] of groups) {
    const index = siblings.findIndex((item) => idOf(item) === id);
    const item = siblings[index];
    if (item) return { item, group, index, count: siblings.length };
  }
  return null;
}

const within = (group: MenuGroup): [MenuGroup, Items] => [group, group.items];

/** @returns the menu after a step; itself when there is nowhere to go. Up and down stay among siblings. */
export function moved(items: Items, id: string, direction: Direction): Items {
  const at = placeOf(items, id);
  if (!at) return items;
  const { item, group, index } = at;
  if (direction === "out") return group ? dropped(items, id, { id: idOf(group), place: "after" }) : items;
  if (direction === "into") {
    const target = groupFor(items, id);
    if (!target) return items;
    const first = target.items[0];
    const isBelow = items.indexOf(target) > index;
    return dropped(
      items,
      id,
      isBelow && first ? { id: idOf(first), place: "before" } : { id: idOf(target), place: "inside" },
    );
  }
  const siblings = group ? group.items : items;
  const neighbour = siblings[direction === "up" ? index - 1 : index + 1];
  if (!neighbour) return items;
  return dropped(items, idOf(item), { id: idOf(neighbour), place: direction === "up" ? "before" : "after" });
}

/** @returns the group that "into" leads to: the nearest above, else the nearest below; null for a group or what is in one. */
export function groupFor(items: Items, id: string): MenuGroup | null {
  const at = placeOf(items, id);
  if (!at || at.group || isGroup(at.item)) return null;
  return items.slice(0, at.index).findLast(isGroup) ?? items.slice(at.index).find(isGroup) ?? null;
}

/** @returns the menu with an item let go somewhere else; itself where that is not possible (a group in a group). */
export function dropped(items: Items, id: string, drop: Drop): Items {
  const item = placeOf(items, id)?.item;
  const target = placeOf(items, drop.id);
  if (!item || !target || id === drop.id) return items;
  const isInGroup = drop.place === "inside" || target.group !== null;
  if (isInGroup && isGroup(item)) return items;
  if (drop.place === "inside" && !isGroup(target.item)) return items;
  return inserted(removed(items, id), item, drop);
}

function inserted(items: Items, item: StoredMenuItem, { id, place }: Drop): Items {
  return items.flatMap<StoredMenuItem>((one) => {
    if (idOf(one) === id && place === "before") return [item, one];
    if (idOf(one) === id && place === "after") return [one, item];
    if (!isGroup(one)) return [one];
    if (idOf(one) === id) return [{ ...one, items: [...one.items, item as MenuLink] }];
    return [{ ...one, items: inserted(one.items, item, { id, place }) as MenuLink[] }];
  });
}

const removed = (items: Items, id: string): Items =>
  items
    .filter((item) => idOf(item) !== id)
    .map((item) => (isGroup(item) ? { ...item, items: removed(item.items, id) as MenuLink[] } : item));

/** @returns the menu without the item; the links of a group stay, where the group was. */
export function without(items: Items, id: string): Items {
  const at = placeOf(items, id);
  if (!at || !isGroup(at.item)) return removed(items, id);
  return items.flatMap((item) => (isGroup(item) && idOf(item) === id ? item.items : [item]));
}

/** @returns the menu with the item put in place of the one called `id`. */
export const replaced = (items: Items, id: string, next: StoredMenuItem): Items =>
  items.map((item) => {
    if (idOf(item) === id) return next;
    return isGroup(item) ? { ...item, items: replaced(item.items, id, next) as MenuLink[] } : item;
  });

/** @returns the item with this name; a link without one is called as its page is. */
export function named(item: StoredMenuItem, label: string): StoredMenuItem {
  if (isGroup(item)) return { ...item, label };
  const { label: _, ...rest } = item;
  return label === "" || label === labelOf(rest) ? rest : { ...rest, label };
}

/** @returns the item shown if it was hidden, and hidden if it was shown. */
export function turned(item: StoredMenuItem): StoredMenuItem {
  const { hidden, ...rest } = item;
  return hidden ? (rest as StoredMenuItem) : { ...item, hidden: true };
}
