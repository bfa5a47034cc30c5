import { readingOrder } from "./moving";
import { isGroup, labelOf, type StoredMenuItem, titleOf } from "./types";

export type OutlineLine = { text: string; isInGroup: boolean };

/** @returns a menu line by line, for the audit log and for showing two beside each other. */
export function outlineOf(items: readonly StoredMenuItem[]): OutlineLine[] {
  const inGroups = new Set(items.filter(isGroup).flatMap((group): StoredMenuItem[] => group.items));
  return readingOrder(items).map((item) => ({ text: lineOf(item), isInGroup: inGroups.has(item) }));
}

function lineOf(item: StoredMenuItem): string {
  const renamed = isGroup(item) || titleOf(item.page) === labelOf(item) ? "" : ` (${titleOf(item.page)})`;
  return `${labelOf(item)}${isGroup(item) ? ":" : renamed}${item.hidden ? ", hidden" : ""}`;
}

/** @returns the same as plain lines: "- Audit Log" is inside the group before it. */
export const plainOutline = (items: readonly StoredMenuItem[]): string[] =>
  outlineOf(items).map(({ text, isInGroup }) => (isInGroup ? `- ${text}` : text));
