/** Which customer and job a mail seems to belong to, by what is known of others. Pure. */

export type Suggestion = { customer: string; jobId: string | null; job: string | null };
export type Hint = Suggestion & { by: "key" | "host" | "sender"; value: string };
export type Clues = { matchKey: string | null; host: string | null; fromAddress: string };

/**
 * @param hints what the database knows of any of these clues; values in lower case.
 * @returns the likeliest: the job of the same key (from another sender), else the only customer of that host or sender.
 */
export function suggest(clues: Clues, hints: readonly Hint[]): Suggestion | null {
  const told = (by: Hint["by"], value: string | null) =>
    hints.filter((hint) => hint.by === by && value && hint.value === value.toLowerCase());
  const [job, ...others] = told("key", clues.matchKey);
  if (job && others.length === 0) return { customer: job.customer, jobId: job.jobId, job: job.job };
  const customer = onlyCustomer(told("host", clues.host)) ?? onlyCustomer(told("sender", clues.fromAddress));
  return customer === null ? null : { customer, jobId: null, job: null };
}

function onlyCustomer(hints: readonly Hint[]): string | null {
  const customers = new Set(hints.map(({ customer }) => customer));
  return customers.size === 1 ? ([...customers][0] ?? null) : null;
}

/** `suggestedAs`: the words of parsers that stand for the type, however it is called now. */
export type SuggestedType = { id: string; name: string; suggestedAs: string[] };

/** @param word `ParsedRun.resourceType`. @returns the type it stands for, else that for everything else, else the first. */
export function suggestedType(types: readonly SuggestedType[], word: string): SuggestedType | undefined {
  const called = (one: string) => types.find(({ suggestedAs }) => suggestedAs.includes(one));
  return called(word) ?? called("Other") ?? types[0];
}
