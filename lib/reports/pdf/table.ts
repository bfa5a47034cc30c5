import { statusLabels } from "../../statuses";
import type { Cell, Section } from "../types";
import type { Sheet } from "./sheet";
import { colours, muted, sunken } from "./types";

type TableSection = Extract<Section, { kind: "table" }>;
type Shown = TableSection["columns"][number] & { index: number; width: number };

const ROW = 14;
const SIZE = 7.5;
/** Longer ones are for a CSV file. */
const MOST_ROWS = 5000;

/** A table over as many pages as it takes, with its head on each. */
export function drawTable(sheet: Sheet, section: TableSection): void {
  const columns = shownColumns(sheet, section);
  if (columns.length === 0) return;
  sheet.heading(section.title);
  if (section.rows.length === 0) {
    sheet.text(section.empty, sheet.left, sheet.y, { width: sheet.width });
    sheet.y += ROW;
    return;
  }
  drawHead(sheet, columns);
  for (const row of section.rows.slice(0, MOST_ROWS)) {
    if (sheet.need(ROW)) drawHead(sheet, columns);
    if (row.isHeading) sheet.pdf.rect(sheet.left, sheet.y, sheet.width, ROW).fillColor(sunken).fill();
    let x = sheet.left;
    for (const { index, width, align } of columns) {
      drawCell(sheet, row.cells[index], x, width, align, row.isHeading);
      x += width;
    }
    sheet.y += ROW;
    sheet.rule(sheet.y);
  }
  const left = section.rows.length - MOST_ROWS;
  if (left > 0)
    sheet.text(`And ${left.toLocaleString("en")} rows more.`, sheet.left, sheet.y + 4, {
      colour: muted,
      width: sheet.width,
    });
}

function drawHead(sheet: Sheet, columns: readonly Shown[]): void {
  let x = sheet.left;
  for (const { label, width, align } of columns) {
    sheet.text(label, x + 3, sheet.y + 2, { size: 7, font: "bold", colour: muted, width: width - 6, align });
    x += width;
  }
  sheet.y += ROW;
  sheet.rule(sheet.y);
}

function drawCell(
  sheet: Sheet,
  cell: Cell | undefined,
  x: number,
  width: number,
  align: "right" | undefined,
  isHeading: boolean | undefined,
): void {
  if (!cell) return;
  const text = cell.status ? `${statusLabels[cell.status]} ${cell.text}` : cell.text;
  sheet.text(text, x + 3, sheet.y + 3, {
    size: SIZE,
    font: isHeading ? "bold" : "regular",
    colour: cell.status && cell.status !== "success" ? colours[cell.status] : undefined,
    width: width - 6,
    align,
  });
}

/** Numbers get what they need, names share the rest: by the longest text of the first rows. */
function shownColumns(sheet: Sheet, { columns, rows }: TableSection): Shown[] {
  const shown = columns.flatMap((column, index) => (column.only === "file" ? [] : [{ ...column, index }]));
  const sample = rows.slice(0, 200);
  const longest = shown.map(({ label, index }) =>
    Math.min(40, Math.max(label.length, ...sample.map(({ cells }) => lengthOf(cells[index])))),
  );
  const sum = longest.reduce((total, length) => total + length + 2, 0);
  return shown.map((column, at) => ({ ...column, width: (((longest[at] ?? 0) + 2) / sum) * sheet.width }));
}

const lengthOf = (cell: Cell | undefined): number =>
  (cell?.text.length ?? 0) + (cell?.status ? statusLabels[cell.status].length + 1 : 0);
