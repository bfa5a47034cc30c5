import type { ManualPage } from "./types";

/** @returns the page of the manual about the screen at this address: the one that names the longest part of it; or null. */
export function pageAbout<P extends Pick<ManualPage, "screens">>(manual: readonly P[], address: string): P | null {
  const parts = address.split("/");
  const fits = (screen: string) =>
    screen.split("/").every((part, at) => part === parts[at] || (part.startsWith("[") && Boolean(parts[at])));
  const named = manual.flatMap((page) => page.screens.filter(fits).map((screen) => ({ page, screen })));
  return named.sort((a, b) => lengthOf(b.screen) - lengthOf(a.screen))[0]?.page ?? null;
}

const lengthOf = (screen: string): number => screen.split("/").length;
