const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

// Normalising a long run of combining marks takes time with the square of its length.
const marks = /(\p{M}{10})\p{M}+/gu;

/** Text for people and parsers: NFC, line feeds only, no control or direction characters, no runs of empty lines. */
export function tidyText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(invisible, "")
    .replace(controls, "")
    .replace(/[\u00a0\u202f\u2007]/g, " ")
    .replace(marks, "$1")
    .normalize("NFC")
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** The same on one line, cut at `longest` characters. */
export function oneLine(text: string, longest = 300): string {
  const line = tidyText(text.slice(0, longest * 4)).replace(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line;
}
