import { type Access, passes } from "./can";
import { pages } from "./registry";

export type MenuGroup = { label: string | null; items: { href: string; label: string; badge?: number }[] };

/**
 * The main menu as the active role sees it: the links it may open in the registry's order, groups last, none of them empty.
 * @param badges numbers behind links, by address; 0 shows nothing.
 */
export function mainMenu(access: Access, badges: Record<string, number>): MenuGroup[] {
  const groups = new Map<string | null, MenuGroup>([[null, { label: null, items: [] }]]);
  for (const page of pages) {
    if (!("menu" in page) || !passes(access, page.gate)) continue;
    const label = "group" in page ? page.group : null;
    const group = groups.get(label) ?? { label, items: [] };
    group.items.push({ href: page.path, label: page.title, badge: badges[page.path] || undefined });
    groups.set(label, group);
  }
  return [...groups.values()].filter((group) => group.items.length > 0);
}
