import type { Said } from "../parse/said";

const longestSubject = 1000;

/** The "(key: value)" of a subject by their keys. A value may hold parentheses of its own: "(plan: Bob's Backup (14/04/26))". */
export function groupsOf(subject: string): ReadonlyMap<string, Said<string>> {
  const found = new Map<string, Said<string>>();
  let depth = 0;
  let start = 0;
  for (let i = 0; i < Math.min(subject.length, longestSubject); i++) {
    const char = subject.charAt(i);
    if (char === "(" && depth++ === 0) start = i;
    if (char !== ")" || depth === 0 || --depth > 0) continue;
    const from = subject.slice(start, i + 1);
    const colon = from.indexOf(":");
    const value = from.slice(colon + 1, -1).trim();
    if (colon > 0 && value) found.set(from.slice(1, colon).trim().toLowerCase(), { value, from });
  }
  return found;
}

/** The customer: the last of "Northside IT > Harbour & Sons Club". */
export function customerOf(group: Said<string> | undefined): Said<string> | null {
  const value = group?.value.split(" > ").at(-1)?.trim();
  return group && value ? { value, from: group.from } : null;
}
