import "server-only";
import { toCsv } from "../csv";
import type { Cell, ReportDocument, Row } from "./types";

/** @returns the first table of the report, a line for each row, with plain numbers and moments in ISO 8601, UTC. */
export function reportCsv({ sections }: ReportDocument): string {
  const table = sections.find((section) => section.kind === "table");
  if (!table) return toCsv([], {});
  const columns = table.columns.flatMap((column, index) =>
    column.only === "screen"
      ? []
      : [[column.file ?? column.label, (row: Row) => plainValue(row.cells[index])] as const],
  );
  return toCsv(
    table.rows.filter(({ isHeading }) => !isHeading),
    Object.fromEntries(columns),
  );
}

const plainValue = (cell: Cell | undefined): string | number | null =>
  cell?.file === undefined ? (cell?.text ?? "") : cell.file;
