"use client";

import { Menu, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { MenuLinks } from "./menu-links";
import type { BarMenus } from "./menu-types";

const names = [
  ["main", "Main"],
  ["header", "Header"],
  ["bottom", "Bottom"],
] as const;

/** The menus of small screens: a button, and a native dialog at the left edge. */
export function MenuDrawer({ menus, currentPath }: { menus: BarMenus; currentPath?: string }) {
  const drawer = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const pathname = usePathname();
  const close = () => drawer.current?.close();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer
  useEffect(() => drawer.current?.close(), [pathname]);

  const show = () => {
    setOpen(true);
    drawer.current?.showModal();
  };

  return (
    <>
      <Button
        variant="ghost"
        aria-label="Open menu"
        aria-haspopup="dialog"
        icon={<Menu aria-hidden />}
        onClick={show}
        className="-ml-2 min-w-11 md:hidden"
      />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a native dialog by itself */}
      <dialog
        ref={drawer}
        aria-label="Menu"
        onClose={() => setOpen(false)}
        onClick={(event) => (event.target === drawer.current || (event.target as Element).closest("a")) && close()}
        className="m-0 h-dvh max-h-dvh w-72 max-w-[85vw] border-line border-r bg-surface text-ink shadow-raised backdrop:bg-backdrop"
      >
        {open && (
          <div className="flex min-h-full flex-col p-2">
            <Button
              variant="ghost"
              aria-label="Close menu"
              icon={<X aria-hidden />}
              onClick={close}
              className="min-h-11 min-w-11 self-end"
            />
            {names.map(
              ([key, name]) =>
                menus[key].length > 0 && (
                  <nav key={key} aria-label={name} className="divide-y divide-line border-line not-last:border-b">
                    <MenuLinks menu={menus[key]} layout="list" currentPath={currentPath} />
                  </nav>
                ),
            )}
          </div>
        )}
      </dialog>
    </>
  );
}
