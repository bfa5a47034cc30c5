import { statusLabels } from "../../statuses";
import type { Cell, Section } from "../types";
import { BOLD, type Sheet } from "./sheet";
import { inks, muted, sunken } from "./types";

type TableSection = Extract<Section, { kind: "table" }>;
type Shown = TableSection["columns"][number] & { index: number; width: number };

const ROW = 14;
const SIZE = 7.5;
/** Points; a moment beside a status fits. */
const SHORT = 125;
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
    sheet.text(label, x + 3, sheet.y + 2, { size: 7, font: BOLD, colour: muted, width: width - 6, align });
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
  sheet.text(textOf(cell), x + 3, sheet.y + 3, {
    size: SIZE,
    font: isHeading ? BOLD : undefined,
    colour: cell.status && cell.status !== "success" ? inks[cell.status] : undefined,
    width: width - 6,
    align,
  });
}

/** Numbers and short words get what they need, by the longest of the first rows; names share the rest by theirs. */
function shownColumns(sheet: Sheet, { columns, rows }: TableSection): Shown[] {
  const shown = columns.flatMap((column, index) => (column.only === "file" ? [] : [{ ...column, index }]));
  const sample = rows.slice(0, 200);
  const needed = shown.map(({ label, index }) => {
    const texts = sample.map(({ cells }) => sheet.measure(textOf(cells[index]), SIZE));
    return Math.max(sheet.measure(label, SIZE), ...texts) + 10;
  });
  const isFixed = (at: number) => shown[at]?.align === "right" || (needed[at] ?? 0) <= SHORT;
  const sum = (fixed: boolean) => needed.reduce((total, need, at) => total + (isFixed(at) === fixed ? need : 0), 0);
  const stretch = Math.max(0.2, (sheet.width - sum(true)) / Math.max(1, sum(false)));
  return shown.map((column, at) => ({ ...column, width: (needed[at] ?? 0) * (isFixed(at) ? 1 : stretch) }));
}

const textOf = (cell: Cell | undefined): string =>
  cell?.status ? `${statusLabels[cell.status]} ${cell.text}` : (cell?.text ?? "");
