"use client";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";

export type Rows = {
  /** The row that has the focus, or had it last. */
  current: () => HTMLElement | null;
  /** The row so many steps from the given one (from the current one); at the ends that at the end. */
  beside: (steps: number, from?: HTMLElement | null) => HTMLElement | null;
  ofRun: (id: string) => HTMLElement | null;
};

/** Rows of runs in a list made by the server. Those of a closed group are not to be seen, and not to be reached. */
export function useRows(root: RefObject<HTMLElement | null>, list: ReactNode): Rows {
  const place = useRef(-1);
  const all = () =>
    [...(root.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])].filter((row) => row.checkVisibility());
  const current = () => {
    const focused = document.activeElement?.closest<HTMLElement>("[data-row]");
    return focused && root.current?.contains(focused)
      ? focused
      : (all()[Math.min(place.current, all().length - 1)] ?? null);
  };

  useEffect(() => {
    const remember = (event: FocusEvent) => {
      const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
      if (row) place.current = all().indexOf(row);
    };
    const element = root.current;
    element?.addEventListener("focusin", remember);
    return () => element?.removeEventListener("focusin", remember);
  });

  // A marked row takes its focused button with it: the focus goes on to the row that took its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when the list has changed
  useEffect(() => {
    if (place.current < 0 || document.activeElement !== document.body) return;
    focusRow(all()[Math.min(place.current, all().length - 1)] ?? null);
  }, [list]);

  return {
    current,
    beside: (steps, from = current()) => {
      const rows = all();
      const at = from ? rows.indexOf(from) : -1;
      const wanted = at === -1 ? Math.max(place.current, 0) : at + steps;
      return rows[Math.min(Math.max(wanted, 0), rows.length - 1)] ?? null;
    },
    ofRun: (id) => linkOf(root.current?.querySelector(`[data-row] > a[href="/runs/${id}"]`))?.parentElement ?? null,
  };
}

export const focusRow = (row: HTMLElement | null): void => linkOf(row?.querySelector(":scope > a"))?.focus();

/** @returns the id of the run that a row shows. */
export const runOf = (row: HTMLElement | null): string | null =>
  linkOf(row?.querySelector(":scope > a"))?.pathname.split("/").at(-1) ?? null;

const linkOf = (element: Element | null | undefined): HTMLAnchorElement | null =>
  element instanceof HTMLAnchorElement ? element : null;
