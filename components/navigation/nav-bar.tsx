import Link from "next/link";
import type { ReactNode } from "react";
import { HelpLink } from "@/components/documentation/help-link";
import { AccountMenu } from "./account-menu";
import { MenuDrawer } from "./menu-drawer";
import { MenuLinks } from "./menu-links";
import type { AccountMenuContent, BarMenus } from "./menu-types";
import { ProductMark } from "./product-mark";

type Props = {
  productName: string;
  homeHref: string;
  menus: BarMenus;
  currentPath?: string;
  roleSelector: ReactNode;
  accountMenu: AccountMenuContent;
};

/** The bar on top of every signed-in page. The page's main element must have the id "content" and tabIndex -1. */
export function NavBar({ productName, homeHref, menus, currentPath, roleSelector, accountMenu }: Props) {
  return (
    <header className="border-line border-b bg-surface print:hidden">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-4 py-3 text-on-accent focus:translate-y-0 hover:text-on-accent"
      >
        Skip to content
      </a>
      <div className="flex min-h-13 items-center gap-1 px-4 md:min-h-12 md:gap-2 md:px-6">
        <MenuDrawer menus={menus} currentPath={currentPath} />
        <Link
          href={homeHref}
          prefetch={false}
          className="mr-auto flex min-h-11 min-w-0 items-center gap-2 text-ink no-underline hover:text-ink"
        >
          <ProductMark />
          <span className="truncate font-semibold md:text-lg">{productName}</span>
        </Link>
        {menus.header.length > 0 && (
          <nav aria-label="Header" className="flex min-w-0 flex-wrap justify-end max-md:hidden">
            <MenuLinks menu={menus.header} layout="row" currentPath={currentPath} />
          </nav>
        )}
        <HelpLink />
        <div className="min-w-0 shrink-0 max-md:max-w-30">{roleSelector}</div>
        <AccountMenu {...accountMenu} />
      </div>
      {menus.main.length > 0 && (
        <nav aria-label="Main" className="flex flex-wrap px-3.5 max-md:hidden">
          <MenuLinks menu={menus.main} layout="bar" currentPath={currentPath} />
        </nav>
      )}
    </header>
  );
}
