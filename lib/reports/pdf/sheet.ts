import regular from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf";
import bold from "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf";
import PDFDocument from "pdfkit";
import { ink, line, muted, type Paper } from "./types";

/** Points: 1/72 inch. */
const MARGIN = 40;
const FOOT = 30;
/** By this name the library knows the font it began with; under any other it would read the file again at each use. */
const REGULAR = "DejaVuSans";
export const BOLD = "bold";

/** A pile of A4 pages on which one draws from top to bottom. */
export class Sheet {
  readonly pdf: PDFKit.PDFDocument;
  readonly left = MARGIN;
  y = MARGIN;
  private readonly widths = new Map<string, number>();

  constructor(paper: Paper) {
    const info = { Title: paper.title, Author: paper.accountName, Subject: paper.subject };
    // Without a font of its own here the library looks for files of its own, which are not there in a bundle.
    const options = { size: "A4", margin: MARGIN, bufferPages: true, info, lang: "en", font: Buffer.from(regular) };
    this.pdf = new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions);
    this.pdf.registerFont(BOLD, Buffer.from(bold));
  }

  get width(): number {
    return this.pdf.page.width - 2 * MARGIN;
  }

  /** @returns whether it began a new page because so many points do not fit below. */
  need(height: number): boolean {
    if (this.y + height <= this.pdf.page.height - MARGIN - FOOT) return false;
    this.pdf.addPage();
    this.y = MARGIN;
    return true;
  }

  /** A part of a report that has several. */
  chapter(text: string): void {
    this.need(140);
    this.y += 22;
    this.text(text, this.left, this.y, { size: 15, font: BOLD, width: this.width });
    this.y += 26;
  }

  heading(text: string): void {
    this.need(60);
    this.y += 14;
    this.text(text, this.left, this.y, { size: 12, font: BOLD, width: this.width });
    this.y += 20;
  }

  /** One line, cut with an ellipsis where it does not fit. */
  text(
    text: string,
    x: number,
    y: number,
    { size = 8, font = REGULAR, colour = ink, width, align = "left" }: TextLook,
  ): void {
    const shown = this.fitting(text.normalize("NFC").replace(/\s+/g, " "), width / size, font);
    const room = width - this.widthOf(shown, font) * size;
    const from = align === "right" ? x + room : align === "center" ? x + room / 2 : x;
    this.pdf.font(font).fontSize(size).fillColor(colour).text(shown, from, y, { lineBreak: false });
  }

  /** @returns the width of a text in points. */
  measure(text: string, size: number, font: Font = REGULAR): number {
    return this.widthOf(text, font) * size;
  }

  /** The library can cut text too, but lays out every word of it several times: ten seconds for a thousand rows. */
  private fitting(text: string, width: number, font: Font): string {
    if (this.widthOf(text, font) <= width) return text;
    const chars = [...text];
    while (chars.length > 0 && this.widthOf(`${chars.join("")}…`, font) > width) chars.pop();
    return `${chars.join("").trimEnd()}…`;
  }

  /** In parts of the font size; kerning is left out of it. */
  private widthOf(text: string, font: Font): number {
    let width = 0;
    for (const char of text) {
      const key = font + char;
      const known = this.widths.get(key) ?? this.pdf.font(font).fontSize(1000).widthOfString(char) / 1000;
      this.widths.set(key, known);
      width += known;
    }
    return width;
  }

  rule(y: number): void {
    this.pdf
      .moveTo(this.left, y)
      .lineTo(this.left + this.width, y)
      .lineWidth(0.5)
      .strokeColor(line)
      .stroke();
  }

  /** Puts number and origin at the foot of every page. @returns the file. */
  async finish(paper: Paper): Promise<Uint8Array> {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.pdf.switchToPage(page);
      // Text below the margin would begin a page of its own.
      this.pdf.page.margins.bottom = 0;
      const y = this.pdf.page.height - MARGIN;
      this.text(`${paper.accountName} · ${paper.title} · made ${paper.madeAt}`, this.left, y, {
        size: 7,
        colour: muted,
        width: this.width - 60,
      });
      this.text(`${page - start + 1} / ${count}`, this.left + this.width - 50, y, {
        size: 7,
        colour: muted,
        width: 50,
        align: "right",
      });
    }
    const chunks: Buffer[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      this.pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
      this.pdf.on("end", resolve);
      this.pdf.on("error", reject);
    });
    this.pdf.end();
    await ended;
    return new Uint8Array(Buffer.concat(chunks));
  }
}

type Font = typeof REGULAR | typeof BOLD;
type TextLook = {
  size?: number;
  font?: Font;
  colour?: string;
  width: number;
  align?: "left" | "right" | "center";
};
