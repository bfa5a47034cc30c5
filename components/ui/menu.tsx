"use client";

import { ChevronDown } from "lucide-react";
import { type MouseEvent, type ReactNode, useId } from "react";
import { Button } from "./button";

type Props = { label: ReactNode; icon?: ReactNode; children: ReactNode; className?: string; "aria-label"?: string };

/** A button that opens a small panel of links and buttons; closes on Escape, on a click outside, and when something in it was chosen. */
export function Menu({ label, icon, children, ...button }: Props) {
  const id = useId();
  const closeAfterChoice = (event: MouseEvent<HTMLElement>) => {
    if ((event.target as Element).closest("a, button")) event.currentTarget.hidePopover();
  };

  return (
    <>
      <Button variant="ghost" icon={icon} popoverTarget={id} {...button}>
        {label}
        <ChevronDown aria-hidden className="text-muted" />
      </Button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the links and buttons inside are what is used */}
      <div id={id} popover="auto" onClick={closeAfterChoice} className="menu-panel">
        {children}
      </div>
    </>
  );
}
