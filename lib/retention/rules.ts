/** How long things may be kept at the shortest, in days. The account sets how long they are kept; nothing: for ever. */
export const shortest = { mails: 7, runs: 30, audit: 30 } as const;

/** Messages that were sent, or given up, go after so many days. */
export const deliveriesKeptDays = 90;

export type Kept = keyof typeof shortest;

/** Days for each kind; null: for ever. */
export type Retention = Record<Kept, number | null>;

/** What would go now: how many, and from when the oldest is (ISO 8601). */
export type Going = { count: number; oldest: string | null };

/** `mailsRemoved`: of the mails those that go altogether, because nothing was made of them. */
export type Preview = Record<Kept, Going> & { mailsRemoved: number };

export const keptKinds = Object.keys(shortest) as Kept[];

/** @returns what is wrong with a typed number of days, or null; nothing typed is for ever. */
export function daysProblem(kind: Kept, typed: string): string | null {
  if (typed.trim() === "") return null;
  if (!/^\d{1,5}$/.test(typed.trim())) return "Enter whole days, or leave it empty to keep for ever.";
  return Number(typed) < shortest[kind] ? `At least ${shortest[kind]} days, or leave it empty to keep for ever.` : null;
}

/** @returns days, or null for nothing typed. Only for what `daysProblem` finds nothing wrong with. */
export const daysOf = (typed: string): number | null => (typed.trim() === "" ? null : Number(typed));
