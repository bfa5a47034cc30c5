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

/** What a ticket is about. As form text "customer:<id>" or "job:<id>". */
export type Target = { kind: "customer" | "job"; id: string };

const TARGET = /^(customer|job):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** @returns what the text names, or null when it is malformed. */
export function readTarget(text: string): Target | null {
  const match = TARGET.exec(text);
  return match?.[1] && match[2] ? { kind: match[1].toLowerCase() as Target["kind"], id: match[2].toLowerCase() } : null;
}

export const writeTarget = ({ kind, id }: Target): string => `${kind}:${id}`;

/** @returns what differs from what is stored, in words for somebody who was about to overwrite it. */
export function differences(stored: { title: string; body: string }, mine: { title: string; body: string }): string {
  const told = [
    stored.title !== mine.title && `The title is now "${stored.title}".`,
    stored.body !== mine.body && `The text is now "${stored.body.slice(0, 300)}".`,
  ].filter(Boolean);
  return told.join(" ") || "Title and text are the same as yours.";
}
