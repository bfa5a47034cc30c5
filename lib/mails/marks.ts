import type { Evidence } from "../mail/parse/types";

/** A piece of a text; `fields` are those that its words decided, none for what lies between. */
export type Piece = { text: string; fields: string[] };

const AT_MOST = 300;

/**
 * @param evidence quotes with their whitespace collapsed. @returns the text in pieces, in order and complete; quotes that
 * overlap are one piece, those that do not stand in it are left out. Pure: for both sides.
 */
export function markedPieces(text: string, evidence: readonly Evidence[]): Piece[] {
  const { collapsed, places } = collapse(text);
  const spans: { from: number; to: number; fields: string[] }[] = [];
  for (const { field, text: quote } of evidence.slice(0, AT_MOST)) {
    const at = quote ? collapsed.indexOf(quote) : -1;
    if (at < 0) continue;
    const [from, to] = [places[at] ?? 0, (places[at + quote.length - 1] ?? 0) + 1];
    const touching = spans.filter((span) => span.from < to && from < span.to);
    for (const span of touching) spans.splice(spans.indexOf(span), 1);
    spans.push({
      from: Math.min(from, ...touching.map((span) => span.from)),
      to: Math.max(to, ...touching.map((span) => span.to)),
      fields: [...new Set([...touching.flatMap(({ fields }) => fields), field])],
    });
  }
  const pieces: Piece[] = [];
  let end = 0;
  for (const { from, to, fields } of spans.sort((a, b) => a.from - b.from)) {
    if (from > end) pieces.push({ text: text.slice(end, from), fields: [] });
    pieces.push({ text: text.slice(from, to), fields });
    end = to;
  }
  return end < text.length || pieces.length === 0 ? [...pieces, { text: text.slice(end), fields: [] }] : pieces;
}

/** @returns the text with each run of whitespace as one space, and for each of its characters where it stood. */
function collapse(text: string): { collapsed: string; places: number[] } {
  const characters: string[] = [];
  const places: number[] = [];
  let isSpace = true;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    const space = /\s/.test(character);
    if (space && isSpace) continue;
    characters.push(space ? " " : character);
    places.push(at);
    isSpace = space;
  }
  return { collapsed: characters.join(""), places };
}

const labels: Record<string, string> = {
  status: "Status",
  message: "Message",
  customer: "Customer",
  jobName: "Job name",
  host: "Host",
  scheduledAt: "Planned for",
  startedAt: "Started",
  endedAt: "Ended",
  durationSeconds: "Duration",
  sizeBytes: "Size",
  transferredBytes: "Transferred",
};

/** @returns how a field is called for people: "Status", "Object 4". */
export function fieldLabel(field: string): string {
  const object = /^objects\.(\d+)$/.exec(field)?.[1];
  return object === undefined ? (labels[field] ?? field) : `Object ${Number(object) + 1}`;
}
