import { load } from "cheerio/slim";
import { isParsable } from "./html-shape";
import { tidyText } from "./text";

/** Rows of cells in document order; a table inside a cell gives rows of its own and is no part of the cell. */
export type HtmlContent = { text: string; rows: string[][] };

type DomNode = { type: string; name?: string; data?: string; children?: DomNode[] };
type Step = { node: DomNode; leaving: boolean };

const skipped = new Set("script style title template noscript textarea select object iframe svg math".split(" "));
const blocks = new Set(
  "address article blockquote center dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tr ul".split(
    " ",
  ),
);

/** HTML as text for people and as rows for parsers. What is nested too deeply gives its bare text and no rows. */
export function readHtml(html: string): HtmlContent {
  if (!html.trim()) return { text: "", rows: [] };
  if (!isParsable(html)) return { text: tidyText(html.replace(/<[^<>]*>/g, " ")), rows: [] };
  const writer = new ContentWriter();
  const steps: Step[] = [{ node: load(html).root()[0] as DomNode, leaving: false }];
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { node, leaving } = step;
    if (node.type === "text") writer.text(node.data ?? "");
    else if (leaving) writer.leave(node.name ?? "");
    else if (!skipped.has(node.name ?? "")) {
      writer.enter(node.name ?? "");
      steps.push({ node, leaving: true });
      for (let i = (node.children?.length ?? 0) - 1; i >= 0; i--) {
        const child = node.children?.[i];
        if (child) steps.push({ node: child, leaving: false });
      }
    }
  }
  return writer.content();
}

/** Writes the text and, at the same time, the cell it is in. */
class ContentWriter {
  private readonly page: string[] = [];
  private readonly rows: string[][] = [];
  private readonly openRows: string[][] = [];
  private readonly openCells: string[][] = [];
  private preformatted = 0;
  private atLineStart = true;

  text(data: string): void {
    const text = this.preformatted ? data : data.replace(/[ \t\r\n\f]+/g, " ");
    const shown = this.atLineStart && !this.preformatted ? text.trimStart() : text;
    if (shown) this.page.push(shown);
    if (shown) this.atLineStart = shown.endsWith("\n");
    this.openCells.at(-1)?.push(text);
  }

  enter(name: string): void {
    if (name === "pre") this.preformatted++;
    if (name === "br" || blocks.has(name)) this.breakLine(name);
    if (name === "tr") this.openRow();
    if (name === "td" || name === "th") {
      if (!this.atLineStart) this.page.push("  ");
      this.openCells.push([]);
    }
  }

  leave(name: string): void {
    if (name === "pre") this.preformatted--;
    if (name === "td" || name === "th") this.openRows.at(-1)?.push(tidyCell(this.openCells.pop() ?? []));
    if (name === "tr") this.openRows.pop();
    if (blocks.has(name)) this.breakLine(name);
  }

  content(): HtmlContent {
    return { text: tidyText(this.page.join("")), rows: this.rows.filter((row) => row.some((cell) => cell !== "")) };
  }

  private openRow(): void {
    const row: string[] = [];
    this.rows.push(row);
    this.openRows.push(row);
  }

  private breakLine(name: string): void {
    if (name === "br" || !this.atLineStart) this.page.push("\n");
    this.atLineStart = true;
    if (name !== "tr") this.openCells.at(-1)?.push("\n");
  }
}

function tidyCell(pieces: string[]): string {
  const lines = tidyText(pieces.join("")).split("\n");
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}
