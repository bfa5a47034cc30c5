/** What people see of a mail, for quoting from it: the subject and the shown text, whitespace collapsed. */
export type Shown = { subject: string; text: string };

const longestQuote = 300;
const longestText = 1000;
// Words that are not there cost a walk through the whole mail; a mail made for it could ask for thousands.
const missesAtMost = 300;
const misses = new WeakMap<Shown, number>();
const wordsAtMost = 60;
// What stands between two words: a colon behind a label, and what a reply or a plain-text forward adds.
const between = "[\\s*_>|:]{1,12}";

export const collapsed = (text: string): string => text.replace(/\s+/g, " ").trim();

/**
 * The words of the mail that say `text`, as they stand in its subject or shown text, at most 300 characters; null when they do not stand
 * there. Cells of a table count as separated by a space; letter case, and colons, stars and angles between words, are overlooked.
 */
export function quote(shown: Shown, text: string): string | null {
  const wanted = wantedIn(text);
  if (wanted === "" || (misses.get(shown) ?? 0) >= missesAtMost) return null;
  if (shown.subject.includes(wanted) || shown.text.includes(wanted)) return wanted;
  misses.set(shown, (misses.get(shown) ?? 0) + 1);
  // A word made of nothing but these could be matched in endless ways.
  const words = wanted.split(" ").filter((word) => /[^*_>|:]/.test(word));
  if (words.length < 2 || words.length > wordsAtMost) return null;
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(between), "iu");
  return (pattern.exec(shown.text) ?? pattern.exec(shown.subject))?.[0].slice(0, longestQuote).trim() ?? null;
}

/** Quotes one text after the other, in the order of the mail, for tables of thousands of rows: each is looked for behind the last. */
export function quoter(shown: Shown): (texts: readonly string[]) => string | null {
  let at = 0;
  return (texts) => {
    for (const text of texts) {
      const wanted = wantedIn(text);
      const found = wanted === "" || (misses.get(shown) ?? 0) >= missesAtMost ? -1 : shown.text.indexOf(wanted, at);
      if (found >= 0) at = found;
      const words = found >= 0 ? wanted : quote(shown, text);
      if (words !== null) return words;
    }
    return null;
  };
}

const wantedIn = (text: string): string => collapsed(text.slice(0, longestText)).slice(0, longestQuote).trim();
