"use client";
import type { KeyboardEvent } from "react";
import { cx } from "@/components/ui/cx";
import { type MenuKey, menuKeys, menuNames } from "@/lib/menus/types";

type Props = { current: MenuKey; changed: readonly MenuKey[]; onChoose: (key: MenuKey) => void };

/** Which of the menus is in the editor; what was changed in the others stays. */
export function MenuTabs({ current, changed, onChoose }: Props) {
  const step = (event: KeyboardEvent, by: number) => {
    const next = menuKeys[(menuKeys.indexOf(current) + by + menuKeys.length) % menuKeys.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next);
    document.getElementById(tabId(next))?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") step(event, 1);
    if (event.key === "ArrowLeft") step(event, -1);
  };

  return (
    <div
      role="tablist"
      aria-label="Menus"
      className="flex gap-1 overflow-x-auto border-line border-b contain-inline-size"
    >
      {menuKeys.map((key) => (
        <button
          key={key}
          id={tabId(key)}
          type="button"
          role="tab"
          aria-selected={key === current}
          aria-controls={PANEL}
          tabIndex={key === current ? 0 : -1}
          onKeyDown={onKeyDown}
          onClick={() => onChoose(key)}
          className={cx(
            "inline-flex min-h-9 items-center gap-1 whitespace-nowrap border-b-2 px-3 -outline-offset-2 pointer-coarse:min-h-11",
            key === current ? "border-accent font-semibold text-ink" : "border-transparent text-muted hover:text-ink",
          )}
        >
          {menuNames[key]}
          {changed.includes(key) && (
            <>
              <span aria-hidden className="size-1.5 rounded-full bg-warning" />
              <span className="sr-only">, changed</span>
            </>
          )}
        </button>
      ))}
    </div>
  );
}

/** The id of what the tabs switch, and of each tab. */
export const PANEL = "menu-editor";
export const tabId = (key: MenuKey): string => `menu-tab-${key}`;
