import type { RunStatus } from "../../statuses";
import { cellAfter, tableRows } from "../parse/labels";
import { decimalOf, readDuration, readSize } from "../parse/numbers";
import type { FoundObject } from "../parse/runs";
import type { Said } from "../parse/said";
import type { MailView } from "../parse/view";
import { wordIn } from "../parse/word-in";

const statuses: Record<string, RunStatus> = {
  success: "success",
  warning: "warning",
  failed: "failed",
  error: "failed",
};
// The states of an extent of a scale-out repository.
const extents: Record<string, RunStatus> = {
  ...statuses,
  normal: "success",
  maintenance: "warning",
  sealed: "warning",
  unavailable: "failed",
};
const tables = [
  ["name", "status"],
  ["object", "status"],
  ["extent", "status"],
  ["catalog", "items"],
];

/** The status word at the beginning of a cell; the count of objects may follow it. */
export function statusOf(text: string, words = statuses): RunStatus {
  return wordIn(words, /^\s*\[?([a-z]+)/i.exec(text)?.[1]?.toLowerCase() ?? "") ?? "unknown";
}

/** The value behind a label of the counter grid, from the table or, where a forward has lost the tables, from the text. */
export function labelled(view: MailView, label: string): Said<string> | null {
  const value = cellAfter(view.rows, label) ?? fromText(view.text, label);
  return value === null ? null : { value, from: [`${label} ${value}`, value] };
}

function fromText(text: string, label: string): string | null {
  const pattern = new RegExp(
    `(?:^|[\\n*]|\\s)${label}\\*?:?\\s{1,6}(\\d[\\d.,:]{0,20}(?:\\s(?:[ap]m|[kmgtp]?b)\\b)?)`,
    "i",
  );
  return pattern.exec(text.slice(0, 20_000))?.[1] ?? null;
}

/**
 * The table below the counter grid: machines, mailboxes, extents or catalogs. Catalogs have no status of their own: they share that of a
 * run that went well.
 */
export function objectsOf(view: MailView, run: RunStatus): FoundObject[] {
  const decimal = decimalOf(view.htmlText);
  const found = tables.map((columns) => tableRows(view.rows, columns)).find((rows) => rows.length > 0) ?? [];
  return found
    .map(({ cells, from }) => ({ cells, from, name: cells.name || cells.object || cells.extent || cells.catalog }))
    .filter(({ name }) => name)
    .map(({ cells, from, name = "" }) => ({
      name: name.replaceAll("\n", " ").slice(0, 255),
      status: statusOfRow(cells, run),
      message: cells.details ? cells.details.replace(/\s+/g, " ").slice(0, 1000) : null,
      sizeBytes: readSize(cells.size ?? cells["used space"] ?? "", decimal),
      durationSeconds: readDuration(cells.duration ?? ""),
      from,
    }));
}

function statusOfRow(cells: Record<string, string>, run: RunStatus): RunStatus {
  if (cells.catalog) return run === "success" ? "success" : "unknown";
  return statusOf(cells.status ?? "", cells.extent ? extents : statuses);
}
