import type { ManualPage, Section } from "./types";

/** The search of the manual. Pure. */

export type Found = { slug: string; title: string; id: string | null; heading: string; snippet: Piece[] };
/** A part of a snippet, marked when it is what was looked for. */
export type Piece = { text: string; marked: boolean };

const RESULTS = 40;
const WORDS = 8;
const BEFORE = 60;
const SNIPPET = 200;

/** @returns the sections that hold every word, those that name it in a title or heading first; none for an empty search. */
export function searchManual(manual: readonly ManualPage[], search: string): Found[] {
  const words = wordsOf(search);
  if (words.length === 0) return [];
  return manual
    .flatMap((page) => page.sections.map((section) => ({ page, section, rank: rankOf(page, section, words) })))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, RESULTS)
    .map(({ page: { slug, title }, section: { id, heading, text } }) => ({
      slug,
      title,
      id,
      heading,
      snippet: snippetOf(text, words),
    }));
}

const wordsOf = (search: string): string[] => [...new Set(folded(search).match(/[\p{L}\p{N}]+/gu))].slice(0, WORDS);

/** Capitals and accents make no difference. Every character keeps its length, so that places in the text stay the same. */
const folded = (text: string): string =>
  text
    .replace(/[^\0-\x7f]/gu, (one) => one.normalize("NFD").charAt(0).toLowerCase().charAt(0).padEnd(one.length))
    .toLowerCase();

/** A word counts most in a heading, and least in the title of the page: that alone finds the page, not each of its sections. */
function rankOf({ title }: ManualPage, { id, heading, text }: Section, words: readonly string[]): number {
  const places = [title, text, heading].map(folded);
  const ranks = words.map((word) => places.findLastIndex((place) => placeOf(word, place) >= 0) + 1);
  if (ranks.includes(0) || (id !== null && ranks.every((rank) => rank === 1))) return 0;
  const isTitle = id === null && ranks.every((rank) => rank === 3);
  return ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length + (isTitle ? 1 : 0);
}

/** @returns where a word of the text begins like the one looked for, or -1: "end" finds "ends", not "send". */
function placeOf(word: string, place: string, from = 0): number {
  for (let at = place.indexOf(word, from); at >= 0; at = place.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(place.charAt(at - 1))) return at;
  }
  return -1;
}

function snippetOf(text: string, words: readonly string[]): Piece[] {
  const low = folded(text);
  const first = Math.min(...words.map((word) => placeOf(word, low)).filter((at) => at >= 0), text.length);
  const at = first === text.length ? 0 : first;
  const start = at <= BEFORE ? 0 : text.indexOf(" ", at - BEFORE) + 1;
  const cut = text.slice(start, start + SNIPPET);
  const end = start + SNIPPET < text.length ? cut.replace(/\s+\S*$/, "") : cut;
  return marked(`${start > 0 ? "… " : ""}${end}${end.length < text.length - start ? " …" : ""}`, words);
}

function marked(text: string, words: readonly string[]): Piece[] {
  const low = folded(text);
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    const next = words
      .map((word) => ({ word, from: placeOf(word, low, at) }))
      .filter(({ from }) => from >= 0)
      .sort((a, b) => a.from - b.from || b.word.length - a.word.length)[0];
    if (!next) return [...pieces, { text: text.slice(at), marked: false }];
    if (next.from > at) pieces.push({ text: text.slice(at, next.from), marked: false });
    at = next.from + next.word.length;
    pieces.push({ text: text.slice(next.from, at), marked: true });
  }
  return pieces;
}
