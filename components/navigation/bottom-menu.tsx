import { MenuLinks } from "./menu-links";
import type { MenuGroup } from "./menu-types";

/** The menu at the end of every signed-in page; stays at the bottom edge where the page is short. */
export function BottomMenu({ menu }: { menu: MenuGroup[] }) {
  if (menu.length === 0) return null;
  return (
    <footer className="sticky top-full border-line border-t bg-surface px-3.5 py-1 print:hidden">
      <nav aria-label="Bottom" className="flex flex-wrap">
        <MenuLinks menu={menu} layout="row" />
      </nav>
    </footer>
  );
}
