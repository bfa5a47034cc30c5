import { formatBytes } from "../../format";
import { statusLabels, statusOrder } from "../../statuses";
import type { Section } from "../types";
import { BOLD, type Sheet } from "./sheet";
import { colours, ink, inks, letters, line, muted, sunken } from "./types";

const tones = { neutral: ink, success: inks.success, warning: inks.warning, danger: inks.failed };
const PER_ROW = 4;

/** Numbers with what they count, four beside each other. */
export function drawFigures(sheet: Sheet, { figures }: Extract<Section, { kind: "figures" }>): void {
  const width = sheet.width / PER_ROW;
  for (let at = 0; at < figures.length; at += PER_ROW) {
    sheet.need(46);
    for (const [index, { label, value, tone = "neutral" }] of figures.slice(at, at + PER_ROW).entries()) {
      const x = sheet.left + index * width;
      sheet.pdf
        .roundedRect(x + 2, sheet.y, width - 4, 38, 4)
        .fillColor(sunken)
        .fill();
      sheet.text(value, x + 10, sheet.y + 6, { size: 13, font: BOLD, colour: tones[tone], width: width - 20 });
      sheet.text(label, x + 10, sheet.y + 24, { size: 7.5, colour: muted, width: width - 20 });
    }
    sheet.y += 46;
  }
}

const CHART = 110;

/** A bar a day, by status from the bottom: what needs work stands on the line. */
export function drawDays(sheet: Sheet, { title, days }: Extract<Section, { kind: "days" }>): void {
  sheet.heading(title);
  sheet.need(CHART + 34);
  const highest = Math.max(1, ...days.map((day) => statusOrder.reduce((sum, status) => sum + day[status], 0)));
  const width = sheet.width / days.length;
  for (const [index, day] of days.entries()) {
    let top = sheet.y + CHART;
    for (const status of statusOrder) {
      const height = (day[status] / highest) * CHART;
      top -= height;
      if (height > 0)
        sheet.pdf
          .rect(sheet.left + index * width + width * 0.1, top, width * 0.8, height)
          .fillColor(colours[status])
          .fill();
    }
  }
  sheet.y += CHART;
  sheet.rule(sheet.y);
  ends(sheet, days[0]?.day ?? "", `Highest: ${highest}`, days.at(-1)?.day ?? "");
  legend(sheet);
}

/** Bytes day by day. */
export function drawLine(sheet: Sheet, { title, points }: Extract<Section, { kind: "line" }>): void {
  const known = points.flatMap(({ bytes }, index) => (bytes === null ? [] : [{ bytes, index }]));
  if (known.length < 2) return;
  sheet.heading(title);
  sheet.need(CHART + 20);
  const highest = Math.max(1, ...known.map(({ bytes }) => bytes));
  const [bottom, step] = [sheet.y + CHART, sheet.width / Math.max(1, points.length - 1)];
  for (const [at, { bytes, index }] of known.entries()) {
    const [x, y] = [sheet.left + index * step, bottom - (bytes / highest) * CHART];
    if (at === 0) sheet.pdf.moveTo(x, y);
    else sheet.pdf.lineTo(x, y);
  }
  sheet.pdf.lineWidth(1.5).strokeColor("#2b62b5").stroke();
  sheet.y = bottom;
  sheet.rule(bottom);
  const said = (point: (typeof points)[number] | undefined) => `${point?.day}: ${formatBytes(point?.bytes ?? null)}`;
  ends(sheet, said(points[0]), `Highest: ${formatBytes(highest)}`, said(points.at(-1)));
}

const NAMES = 170;
const ROW = 13;

/** A row for each job, a mark for each day. */
export function drawCalendar(sheet: Sheet, { title, note, days, rows }: Extract<Section, { kind: "calendar" }>): void {
  sheet.heading(title);
  if (note) {
    sheet.text(note, sheet.left, sheet.y, { colour: muted, width: sheet.width });
    sheet.y += 14;
  }
  if (rows.length === 0) sheet.text("No job ran in these days.", sheet.left, sheet.y, { width: sheet.width });
  const width = (sheet.width - NAMES) / days.length;
  calendarHead(sheet, days, width);
  for (const row of rows) {
    if (sheet.need(ROW)) calendarHead(sheet, days, width);
    sheet.text(`${row.customer}: ${row.job}`, sheet.left, sheet.y + 2, { size: 7, width: NAMES - 6 });
    for (const [index, status] of row.days.entries()) {
      if (status === null) continue;
      const x = sheet.left + NAMES + index * width;
      sheet.pdf
        .rect(x + width * 0.06, sheet.y + 1, width * 0.88, ROW - 3)
        .fillColor(colours[status])
        .fill();
      if (width >= 6)
        sheet.text(letters[status], x, sheet.y + 2.5, {
          size: 6,
          font: BOLD,
          colour: "#ffffff",
          width,
          align: "center",
        });
    }
    sheet.y += ROW;
  }
  legend(sheet);
}

function calendarHead(sheet: Sheet, days: readonly string[], width: number): void {
  const every = Math.max(1, Math.ceil(12 / width));
  for (const [index, day] of days.entries())
    if (index % every === 0)
      sheet.text(String(Number(day.slice(8))), sheet.left + NAMES + index * width, sheet.y, {
        size: 5.5,
        colour: muted,
        width: width * every,
      });
  sheet.y += 9;
  sheet.pdf
    .moveTo(sheet.left, sheet.y)
    .lineTo(sheet.left + sheet.width, sheet.y)
    .lineWidth(0.5)
    .strokeColor(line)
    .stroke();
}

function legend(sheet: Sheet): void {
  sheet.need(18);
  sheet.y += 5;
  for (const [index, status] of statusOrder.entries()) {
    const x = sheet.left + index * 80;
    sheet.pdf
      .rect(x, sheet.y + 1, 8, 8)
      .fillColor(colours[status])
      .fill();
    const letter = letters[status] ? ` (${letters[status]})` : "";
    sheet.text(`${statusLabels[status]}${letter}`, x + 12, sheet.y, { size: 7, width: 66 });
  }
  sheet.y += 14;
}

function ends(sheet: Sheet, first: string, middle: string, last: string): void {
  const width = sheet.width / 3;
  for (const [index, [text, align]] of (
    [
      [first, "left"],
      [middle, "center"],
      [last, "right"],
    ] as const
  ).entries())
    sheet.text(text, sheet.left + index * width, sheet.y + 3, { size: 7, colour: muted, width, align });
  sheet.y += 16;
}
