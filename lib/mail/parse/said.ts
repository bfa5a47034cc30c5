import { cellAfter, cellBelow, lineBelow, lineValue } from "./labels";
import type { MailView } from "./view";

/** A value with the words of the mail that say so. Of several texts the first that stands in the shown mail is quoted. */
export type Said<T> = { value: T; from: string | readonly string[] };

/** @returns the value of `said` through `read`, with the same words; null when there is none or `read` gives null. */
export function reading<A, B>(said: Said<A> | null, read: (value: A) => B | null): Said<B> | null {
  const value = said === null ? null : read(said.value);
  return said === null || value === null ? null : { value, from: said.from };
}

/**
 * The value behind the first of the labels that the mail has (in the form of normaliseLabel): in the cell right of it, in the cell below
 * it when it stands alone, on its line of the text, or on the line below. Null when the mail has none of them, or nothing behind them.
 */
export function labelValue(view: MailView, ...labels: string[]): Said<string> | null {
  for (const label of labels) {
    const value = cellAfter(view.rows, label) || cellBelow(view.rows, label) || lineOf(view, label);
    if (value) return { value, from: [`${label} ${value}`, value] };
  }
  return null;
}

function lineOf(view: MailView, label: string): string | null {
  for (const text of new Set([view.text, view.htmlText])) {
    const value = lineValue(text, label) || lineBelow(text, label);
    if (value) return value;
  }
  return null;
}
