"use client";
import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

type Props = { children: ReactNode; because: ReactNode };

const GAP = 6;

/** A value that says where it comes from: on hover, on focus, and when it is tapped. Escape closes it. */
export function Explained({ children, because }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const tip = useRef<HTMLSpanElement>(null);

  const show = () => {
    if (!button.current || !tip.current || tip.current.matches(":popover-open")) return;
    tip.current.showPopover();
    place(tip.current, button.current.getBoundingClientRect());
  };
  const hide = () => tip.current?.matches(":popover-open") && tip.current.hidePopover();
  const onKeyDown = (event: KeyboardEvent) => event.key === "Escape" && hide();

  return (
    <>
      <button
        ref={button}
        type="button"
        aria-describedby={id}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={onKeyDown}
        className="max-w-full cursor-help break-words text-left underline decoration-dotted decoration-muted underline-offset-4 pointer-coarse:min-h-11"
      >
        {children}
      </button>
      <span
        ref={tip}
        id={id}
        role="tooltip"
        popover="manual"
        className="fixed inset-auto m-0 w-max max-w-[min(24rem,calc(100vw-1rem))] whitespace-normal break-words rounded-md border border-line bg-surface px-3 py-2 font-normal text-ink text-sm shadow-raised"
      >
        {because}
      </span>
    </>
  );
}

/** Below the value, or above it where there is no room; never over the edge of the window. */
function place(tip: HTMLElement, at: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect();
  const below = at.bottom + GAP;
  tip.style.left = `${Math.max(GAP, Math.min(at.left, window.innerWidth - width - GAP))}px`;
  tip.style.top = `${below + height > window.innerHeight ? Math.max(GAP, at.top - height - GAP) : below}px`;
}
