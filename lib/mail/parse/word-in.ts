/** The entry of a table for a word of a mail; undefined for a word that is not in it, also for "constructor" and what else every object has. */
export function wordIn<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
