import { limits } from "./limits";

const empty = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const raw = new Set("script style title textarea xmp iframe noembed noframes plaintext".split(" "));
// HTML lets these ends be left out, and a long table would otherwise look like a deep one.
const endsBefore: Record<string, Set<string>> = {
  tr: new Set(["tr", "th", "td"]),
  td: new Set(["th", "td"]),
  th: new Set(["th"]),
  li: new Set(["li"]),
  option: new Set(["option"]),
  dt: new Set(["dt", "dd"]),
  dd: new Set(["dt", "dd"]),
  p: new Set(["p"]),
};

const slash = 0x2f;
const letterA = 0x61;
const letterZ = 0x7a;

type Tag = { name: string; closing: boolean; end: number };

/**
 * Whether HTML may be handed to a parser that builds a tree: not deeper than limits.htmlDepth, not more tags than limits.htmlTags.
 * One pass. Where parsers disagree (comments, raw text) it counts the tags that open and not those that close, so it errs upwards.
 */
export function isParsable(html: string): boolean {
  const open: string[] = [];
  let tags = 0;
  let quietUntil = 0;
  for (let start = html.indexOf("<"); start >= 0; ) {
    const tag = tagAt(html, start);
    if (!tag) quietUntil = Math.max(quietUntil, declarationEnd(html, start));
    else if (++tags > limits.htmlTags) return false;
    else if (tag.closing && start >= quietUntil) close(open, tag.name);
    else if (!tag.closing && !empty.has(tag.name)) {
      while (endsBefore[tag.name]?.has(open.at(-1) ?? "")) open.pop();
      if (open.push(tag.name) > limits.htmlDepth) return false;
      if (raw.has(tag.name) && start >= quietUntil) quietUntil = rawEnd(html, tag.name, tag.end);
    }
    start = html.indexOf("<", tag ? tag.end : start + 1);
  }
  return true;
}

function tagAt(html: string, start: number): Tag | null {
  const next = html.charCodeAt(start + 1) | 0x20;
  if (next !== slash && (next < letterA || next > letterZ)) return null;
  const found = /^<(\/?)([a-z][^\s/>]{0,60})/i.exec(html.slice(start, start + 70));
  if (!found) return null;
  const from = start + found[0].length;
  const closing = found[1] === "/";
  return { name: (found[2] ?? "").toLowerCase(), closing, end: closing ? plainEnd(html, from) : quotedEnd(html, from) };
}

function plainEnd(html: string, from: number): number {
  const end = html.indexOf(">", from);
  return end < 0 ? html.length : end + 1;
}

function quotedEnd(html: string, from: number): number {
  const pattern = /=\s*(?:"[^"]*"|'[^']*')|>/g;
  pattern.lastIndex = from;
  for (let found = pattern.exec(html); found; found = pattern.exec(html))
    if (found[0] === ">") return pattern.lastIndex;
  return html.length;
}

function declarationEnd(html: string, start: number): number {
  if (html.startsWith("<!--", start)) return endOf(html, "-->", start);
  if (html.startsWith("<![CDATA[", start)) return endOf(html, "]]>", start);
  if (html.startsWith("<!", start) || html.startsWith("<?", start)) return plainEnd(html, start);
  return 0;
}

function endOf(html: string, text: string, from: number): number {
  const found = html.indexOf(text, from);
  return found < 0 ? html.length : found;
}

function close(open: string[], name: string): void {
  const at = open.lastIndexOf(name);
  if (at >= 0) open.length = at;
}

function rawEnd(html: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}`, "gi");
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? html.length;
}
