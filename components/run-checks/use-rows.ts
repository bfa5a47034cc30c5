"use client";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { comeBack } from "./way-back";

export type Rows = {
  /** The row that has the focus, or had it last. */
  current: () => HTMLElement | null;
  /** The row so many steps from the given one (from the current one); at the ends that at the end. */
  beside: (steps: number, from?: HTMLElement | null) => HTMLElement | null;
  ofRun: (id: string) => HTMLElement | null;
};

/** Rows of runs in a list made by the server. Those of a closed group are not to be seen, and not to be reached. */
export function useRows(root: RefObject<HTMLElement | null>, list: ReactNode): Rows {
  /** The row that had the focus last, and those after and before it: one of them is there when it is gone. */
  const last = useRef<string[]>([]);
  const all = () =>
    [...(root.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])].filter((row) => row.checkVisibility());
  const ofRun = (id: string) =>
    linkOf(root.current?.querySelector(`[data-row] > a[href="/runs/${CSS.escape(id)}"]`))?.parentElement ?? null;
  const current = () => {
    const focused = document.activeElement?.closest<HTMLElement>("[data-row]");
    if (focused && root.current?.contains(focused)) return focused;
    for (const id of last.current) {
      const row = ofRun(id);
      if (row?.checkVisibility()) return row;
    }
    return null;
  };

  useEffect(() => {
    const remember = (event: FocusEvent) => {
      const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
      if (!row) return;
      const rows = all();
      const at = rows.indexOf(row);
      last.current = [...rows.slice(at), ...rows.slice(0, at).reverse()].flatMap((one) => runOf(one) ?? []);
    };
    const element = root.current;
    element?.addEventListener("focusin", remember);
    return () => element?.removeEventListener("focusin", remember);
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    const id = comeBack();
    if (!id) return;
    last.current = [id];
    ofRun(id)?.scrollIntoView({ block: "center" });
  }, []);

  // A marked row takes its focused button with it: the focus goes on to the row that took its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when the list has changed
  useEffect(() => {
    if (document.activeElement === document.body && last.current.length > 0) focusRow(current());
  }, [list]);

  return {
    current,
    beside: (steps, from = current()) => {
      const rows = all();
      const at = from ? rows.indexOf(from) + steps : 0;
      return rows[Math.min(Math.max(at, 0), rows.length - 1)] ?? null;
    },
    ofRun,
  };
}

export const focusRow = (row: HTMLElement | null): void => linkOf(row?.querySelector(":scope > a"))?.focus();

/** @returns the id of the run that a row shows. */
export const runOf = (row: HTMLElement | null): string | null =>
  linkOf(row?.querySelector(":scope > a"))?.pathname.split("/").at(-1) ?? null;

const linkOf = (element: Element | null | undefined): HTMLAnchorElement | null =>
  element instanceof HTMLAnchorElement ? element : null;
