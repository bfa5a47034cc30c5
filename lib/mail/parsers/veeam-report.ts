import type { RunStatus } from "../../statuses";
import { cellAfter, tableBelow } from "../parse/labels";
import { decimalOf, readDuration, readSize } from "../parse/numbers";
import type { ParsedObject } from "../parse/types";
import type { MailView } from "../parse/view";

const statuses: Record<string, RunStatus> = {
  success: "success",
  warning: "warning",
  failed: "failed",
  error: "failed",
};

/** The status word at the beginning of a cell; the count of objects may follow it. */
export function statusOf(text: string): RunStatus {
  return statuses[/^\s*\[?([a-z]+)/i.exec(text)?.[1]?.toLowerCase() ?? ""] ?? "unknown";
}

/** The value behind a label of the counter grid, from the table or, where a forward has lost the tables, from the text. */
export function labelled(view: MailView, label: string): string | null {
  return cellAfter(view.rows, label) ?? fromText(view.text, label);
}

function fromText(text: string, label: string): string | null {
  const pattern = new RegExp(
    `(?:^|[\\n*]|\\s)${label}\\*?:?\\s{1,6}(\\d[\\d.,:]{0,20}(?:\\s(?:[ap]m|[kmgtp]?b)\\b)?)`,
    "i",
  );
  return pattern.exec(text.slice(0, 20_000))?.[1] ?? null;
}

/** The table of machines or other objects below the counter grid. */
export function objectsOf(view: MailView): ParsedObject[] {
  const decimal = decimalOf(view.htmlText);
  return tableBelow(view.rows, ["name", "status"])
    .filter((row) => row.name)
    .map((row) => ({
      name: (row.name ?? "").replaceAll("\n", " ").slice(0, 255),
      status: statusOf(row.status ?? ""),
      message: row.details ? row.details.replace(/\s+/g, " ").slice(0, 1000) : null,
      sizeBytes: readSize(row.size ?? "", decimal),
      durationSeconds: readDuration(row.duration ?? ""),
    }));
}
