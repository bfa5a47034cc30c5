import { drawCalendar, drawDays, drawFigures, drawLine } from "./pdf/charts";
import { BOLD, Sheet } from "./pdf/sheet";
import { drawTable } from "./pdf/table";
import { muted, type Paper } from "./pdf/types";

/** Draws a report on A4 pages. What lib/reports/pdf.ts sends into the thread. */
export default function drawReport(paper: Paper): Promise<Uint8Array> {
  const sheet = new Sheet(paper);
  sheet.text(paper.title, sheet.left, sheet.y, { size: 20, font: BOLD, width: sheet.width });
  sheet.text(paper.subject, sheet.left, sheet.y + 28, { size: 10, colour: muted, width: sheet.width });
  sheet.y += 54;
  for (const section of paper.document.sections) {
    if (section.kind === "heading") sheet.chapter(section.title);
    if (section.kind === "figures") drawFigures(sheet, section);
    if (section.kind === "days") drawDays(sheet, section);
    if (section.kind === "line") drawLine(sheet, section);
    if (section.kind === "calendar") drawCalendar(sheet, section);
    if (section.kind === "table") drawTable(sheet, section);
  }
  return sheet.finish(paper);
}
