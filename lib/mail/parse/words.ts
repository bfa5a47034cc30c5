import { decodeBytes } from "./charset";

const encodedWord = /=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=/gi;

type Piece = { charset: string | null; bytes: Buffer };

/**
 * A header value as text: RFC 2047 words decoded (also those split inside a character), raw 8-bit bytes repaired, whitespace collapsed.
 * Takes the value as Latin-1 (one character per byte) and the character set to try for raw bytes.
 */
export function decodeWords(value: string, rawCharset?: string): string {
  return joinPieces(pieces(value))
    .map((piece) => decodeBytes(piece.bytes, piece.charset ?? (isUtf8(piece.bytes) ? "utf-8" : rawCharset)))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

function pieces(value: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of value.matchAll(encodedWord)) {
    const between = value.slice(end, match.index);
    const betweenWords = end > 0 && between.trim() === "";
    if (between && !betweenWords) found.push({ charset: null, bytes: Buffer.from(between, "latin1") });
    found.push({ charset: charsetOf(match[1] ?? ""), bytes: wordBytes(match[2] ?? "", match[3] ?? "") });
    end = match.index + match[0].length;
  }
  if (end < value.length) found.push({ charset: null, bytes: Buffer.from(value.slice(end), "latin1") });
  return found;
}

function charsetOf(name: string): string {
  return name.split("*")[0]?.toLowerCase() ?? "";
}

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding.toLowerCase() === "b") return Buffer.from(text, "base64");
  const plain = text
    .replaceAll("_", " ")
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, "latin1");
}

function joinPieces(all: Piece[]): Piece[] {
  const runs: { charset: string | null; parts: Buffer[] }[] = [];
  for (const piece of all) {
    const last = runs.at(-1);
    if (last && last.charset === piece.charset) last.parts.push(piece.bytes);
    else runs.push({ charset: piece.charset, parts: [piece.bytes] });
  }
  return runs.map((run) => ({ charset: run.charset, bytes: Buffer.concat(run.parts) }));
}

function isUtf8(bytes: Buffer): boolean {
  return !bytes.toString("utf8").includes("\ufffd");
}
