import type { KeyboardEvent } from "react";

/** Up and down go from checkbox to checkbox; everything is reached by Tab as well. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(event.target as HTMLElement).matches("input[type=checkbox]")) return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>("input[type=checkbox]:enabled")];
  boxes[boxes.indexOf(event.target as HTMLInputElement) + step]?.focus();
  event.preventDefault();
}
