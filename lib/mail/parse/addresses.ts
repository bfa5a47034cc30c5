import { decodeWords } from "./words";

const longest = 320;

/** The first mailbox of an address field (RFC 5322), in one pass: name and address, comments as the name of last resort. */
export function readAddress(value: string, charset?: string): { address: string; name: string } {
  const { words, angle, comment } = split(value);
  const bare = /[^\s<>,;:"()]+@[^\s<>,;:"()]+/.exec(words)?.[0] ?? "";
  const address = (angle ?? bare).trim().toLowerCase().slice(0, longest);
  const phrase = angle === null ? words.replace(bare, "") : words;
  const name = decodeWords(phrase, charset) || decodeWords(comment, charset);
  return {
    address,
    name: (angle !== null && comment && phrase.trim() ? `${name} (${comment})` : name).slice(0, longest),
  };
}

function split(value: string): { words: string; angle: string | null; comment: string } {
  let words = "";
  let comment = "";
  let angle: string | null = null;
  let inside: "" | '"' | "(" | "<" = "";
  let depth = 0;
  for (let i = 0; i < value.length; i++) {
    const char = value.charAt(i);
    if (inside === '"') {
      if (char === "\\") words += value.charAt(++i);
      else if (char === '"') inside = "";
      else words += char;
    } else if (inside === "(") {
      if (char === "(") depth++;
      if (char === ")" && depth-- === 0) inside = "";
      else comment += char;
    } else if (inside === "<") {
      if (char === ">") inside = "";
      else angle += char;
    } else if (char === '"') inside = '"';
    else if (char === "(") {
      inside = "(";
      depth = 0;
    } else if (char === "<" && angle === null) {
      inside = "<";
      angle = "";
    } else if (char === "," && (angle !== null || words.includes("@"))) break;
    else words += char;
  }
  return { words, angle, comment };
}
