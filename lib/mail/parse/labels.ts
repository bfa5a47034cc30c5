import { labelLines } from "./label-lines";
import { limits } from "./limits";
import { longestLabel, normaliseLabel } from "./normalise-label";

const searchedRows = 200;

/** The cell right of the label, in the first rows of a mail; null when the label is missing. */
export function cellAfter(rows: string[][], label: string): string | null {
  for (const row of rows.slice(0, searchedRows)) {
    const at = row.findIndex((cell) => cell.length <= longestLabel && normaliseLabel(cell) === label);
    const value = at < 0 ? undefined : row[at + 1];
    if (value !== undefined) return value;
  }
  return null;
}

/** The cell below a label that stands alone in its row; null when the label is missing or followed by nothing. */
export function cellBelow(rows: string[][], label: string): string | null {
  const near = rows.slice(0, searchedRows);
  const at = near.findIndex(
    ([only = "", ...more]) => more.every((cell) => cell === "") && normaliseLabel(only) === label,
  );
  return at < 0 ? null : (near[at + 1]?.[0] ?? null) || null;
}

/** The rows below the first row that has all the named columns, each as {column: cell}, until a row with fewer cells. */
export function tableBelow(rows: string[][], columns: string[]): Record<string, string>[] {
  return tableRows(rows, columns).map(({ cells }) => cells);
}

/** The same, each with the words of its row, to be quoted. */
export function tableRows(rows: string[][], columns: string[]): { cells: Record<string, string>; from: string }[] {
  const at = rows.slice(0, searchedRows).findIndex((row) => hasColumns(row, columns));
  if (at < 0) return [];
  const names = (rows[at] ?? []).map(normaliseLabel);
  const found: { cells: Record<string, string>; from: string }[] = [];
  for (const row of rows.slice(at + 1, at + 1 + limits.objects)) {
    if (row.length < names.length - 1) break;
    found.push({ cells: Object.fromEntries(names.map((name, i) => [name, row[i] ?? ""])), from: row.join(" ") });
  }
  return found;
}

function hasColumns(row: string[], columns: string[]): boolean {
  const names = new Set(row.filter((cell) => cell.length <= longestLabel).map(normaliseLabel));
  return columns.every((column) => names.has(column));
}

/** The value of the first line "Label: value" of a text, possibly ""; null when there is none. */
export function lineValue(text: string, label: string): string | null {
  return labelLines(text).values.get(label) ?? null;
}

/** The line below the first line that holds nothing but the label; null when there is none. */
export function lineBelow(text: string, label: string): string | null {
  return labelLines(text).below.get(label) ?? null;
}
