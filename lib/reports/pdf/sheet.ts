import regular from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf";
import bold from "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf";
import PDFDocument from "pdfkit";
import { ink, line, muted, type Paper } from "./types";

/** Points: 1/72 inch. */
const MARGIN = 40;
const FOOT = 30;

/** A pile of A4 pages on which one draws from top to bottom. */
export class Sheet {
  readonly pdf: PDFKit.PDFDocument;
  readonly left = MARGIN;
  y = MARGIN;

  constructor(paper: Paper) {
    const info = { Title: paper.title, Author: paper.accountName, Subject: paper.subject };
    // Without a font of its own here the library looks for files of its own, which are not there in a bundle.
    const options = { size: "A4", margin: MARGIN, bufferPages: true, info, lang: "en", font: Buffer.from(regular) };
    this.pdf = new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions);
    this.pdf.registerFont("regular", Buffer.from(regular));
    this.pdf.registerFont("bold", Buffer.from(bold));
    this.pdf.font("regular").fillColor(ink);
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

  heading(text: string): void {
    this.need(60);
    this.y += 14;
    this.text(text, this.left, this.y, { size: 12, font: "bold", width: this.width });
    this.y += 20;
  }

  /** One line, cut with an ellipsis where it does not fit. */
  text(
    text: string,
    x: number,
    y: number,
    { size = 8, font = "regular", colour = ink, width, align = "left" }: TextLook,
  ): void {
    this.pdf.font(font).fontSize(size).fillColor(colour);
    this.pdf.text(text, x, y, { width, align, lineBreak: false, ellipsis: true, height: size * 1.3 });
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

type TextLook = {
  size?: number;
  font?: "regular" | "bold";
  colour?: string;
  width: number;
  align?: "left" | "right" | "center";
};
