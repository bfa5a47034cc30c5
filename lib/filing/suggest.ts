/** Which customer and job a mail seems to belong to, by what is known of others. Pure. */

export type Suggestion = {
  customer: string;
  jobId: string | null;
  job: string | null;
  /** What told it, the surest first; "named": the mail names a customer that does not exist yet. */
  by: "key" | "alike" | "tenant" | "named" | "host" | "sender" | "domain";
};
/** `value` is the clue that it fits: in lower case, but for keys as they are. */
export type Hint = Omit<Suggestion, "by"> & { by: Exclude<Suggestion["by"], "named">; value: string };
export type Clues = { matchKey: string | null; host: string | null; fromAddress: string; customer: string | null };

/**
 * @param hints what the database knows of any of these clues. @returns the likeliest: the job of the same key (from
 * another sender) or of one that looks alike; else the customer that the mail names, known or not; else the only one
 * of that host, sender or domain.
 */
export function suggest(clues: Clues, hints: readonly Hint[]): Suggestion | null {
  const told = (by: Hint["by"], value: string | null) =>
    hints.filter((hint) => hint.by === by && value && hint.value === value.toLowerCase());
  for (const by of ["key", "alike"] as const) {
    const [job, ...others] = hints.filter((hint) => hint.by === by && hint.value === clues.matchKey);
    if (job && others.length === 0) return { customer: job.customer, jobId: job.jobId, job: job.job, by };
  }
  // Who sends for many customers names them, so the sender says nothing then.
  if (clues.customer) {
    const known = onlyCustomer(told("tenant", clues.customer));
    return { customer: known ?? clues.customer, jobId: null, job: null, by: known === null ? "named" : "tenant" };
  }
  const values = { host: clues.host, sender: clues.fromAddress, domain: ownDomain(clues.fromAddress) };
  for (const by of ["host", "sender", "domain"] as const) {
    const customer = onlyCustomer(told(by, values[by]));
    if (customer !== null) return { customer, jobId: null, job: null, by };
  }
  return null;
}

function onlyCustomer(hints: readonly Hint[]): string | null {
  const customers = new Set(hints.map(({ customer }) => customer));
  return customers.size === 1 ? ([...customers][0] ?? null) : null;
}

/** Whose mailboxes belong to anybody, and senders that speak for the customers of many desks. */
const shared =
  /^(?:(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|aol|gmx|web|t-online|freenet|mail|proton|protonmail|fastmail|orange|wanadoo|libero|seznam|yandex)\.[a-z.]{2,6}|cloud\.acronis\.com|localhost|localdomain)$/;

/** @returns the domain of an address in lower case; null for one that many share. */
export function ownDomain(address: string): string | null {
  const domain = address.split("@").at(-1)?.toLowerCase() ?? "";
  return address.includes("@") && domain.includes(".") && !shared.test(domain) ? domain : null;
}

/** @returns why this is suggested, for people. */
export const suggestedBecause: Record<Suggestion["by"], string> = {
  key: "The same job from another sender.",
  alike: "Looks like this job: only case, spacing or the domain of the host differ.",
  tenant: "The mail names this customer.",
  named: "The mail names this customer, who is not here yet.",
  host: "Only this customer has a job of this host.",
  sender: "Only this customer has jobs of this sender.",
  domain: "Only this customer has jobs from this domain.",
};

/** `suggestedAs`: the words of parsers that stand for the type, however it is called now. */
export type SuggestedType = { id: string; name: string; suggestedAs: string[] };

/** @param word `ParsedRun.resourceType`. @returns the type it stands for, else that for everything else, else the first. */
export function suggestedType(types: readonly SuggestedType[], word: string): SuggestedType | undefined {
  const called = (one: string) => types.find(({ suggestedAs }) => suggestedAs.includes(one));
  return called(word) ?? called("Other") ?? types[0];
}
