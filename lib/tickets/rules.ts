/** Tickets and remarks are one thing in two kinds: a remark is a note without a code. Pure: for both sides. */

export const kinds = ["ticket", "remark"] as const;
export type TicketKind = (typeof kinds)[number];

/** The words and the address of each kind. */
export const words: Record<
  TicketKind,
  { one: string; many: string; path: "/tickets" | "/remarks"; resolve: string; resolved: string }
> = {
  ticket: { one: "ticket", many: "tickets", path: "/tickets", resolve: "Resolve", resolved: "Resolved" },
  remark: { one: "remark", many: "remarks", path: "/remarks", resolve: "Done", resolved: "Done" },
};

export const FIRST_NUMBER = 1001;

/** @returns "T-1001", or null for what has no number. */
export const codeOf = (number: number | null): string | null => (number === null ? null : `T-${number}`);

/** @returns "T-1001 Disk full", or the title alone. */
export const nameOf = ({ number, title }: { number: number | null; title: string }): string =>
  [codeOf(number), title].filter(Boolean).join(" ");

/** @returns the number that a search speaks of ("T-1001", "t1001", "1001"), or null. */
export function numberIn(search: string): number | null {
  const match = /^(?:t-?)?(\d{1,9})$/i.exec(search);
  return match ? Number(match[1]) : null;
}

/**
 * What a ticket is about: a customer, a job, or one object of a job (then `id` is that of the job).
 * As form text "customer:<id>", "job:<id>" or "object:<id>:<name>".
 */
export type Target = { kind: "customer" | "job" | "object"; id: string; object?: string };

export const kindWords: Record<Target["kind"], string> = { customer: "Customer", job: "Job", object: "Object" };

const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const WHOLE = new RegExp(`^(customer|job):(${ID})$`, "i");
const OBJECT = new RegExp(`^object:(${ID}):([^\\0]{1,500})$`, "is");

/** @returns what the text names, or null when it is malformed. */
export function readTarget(text: string): Target | null {
  const [, kind, id] = WHOLE.exec(text) ?? [];
  if (kind && id) return { kind: kind.toLowerCase() as "customer" | "job", id: id.toLowerCase() };
  const [, jobId, object] = OBJECT.exec(text) ?? [];
  return jobId && object?.trim() ? { kind: "object", id: jobId.toLowerCase(), object } : null;
}

export const writeTarget = ({ kind, id, object }: Target): string =>
  object ? `${kind}:${id}:${object}` : `${kind}:${id}`;

/** What of a ticket is typed, by label: for the log of changes and for who is told of a conflict. */
export const told = (facts: {
  title: string;
  body: string;
  assignee: string;
  externalCode: string;
  externalUrl: string;
}): Record<string, string> => ({
  Title: facts.title,
  Text: facts.body,
  Assignee: facts.assignee,
  "External code": facts.externalCode,
  Link: facts.externalUrl,
});

/** @returns the text with what was said at its end. @param on a day such as "2026-11-27". */
export const withClosingNote = (body: string, note: string, who: string, on: string): string =>
  note ? [body, `Closed by ${who} on ${on}: ${note}`].filter(Boolean).join("\n\n") : body;

/** @returns whether a link may lead there: to a page of another system, and nothing that a browser would run. */
export function isLink(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
