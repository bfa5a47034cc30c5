import type { GraphOptions, ImapOptions, Outcome, SmtpOptions, SourceKind, SourceOptions } from "./types";

/** Words for mail sources. Pure: for both sides. */

export const kindLabels: Record<SourceKind, string> = {
  imap: "Mailbox by IMAP",
  graph: "Mailbox of Microsoft 365",
  smtp: "Listener (SMTP)",
};

export const securityLabels = { tls: "TLS", starttls: "STARTTLS", none: "No encryption" } as const;
export const afterLabels = {
  nothing: "Leave it as it is",
  read: "Mark it as read",
  move: "Move it to a folder",
} as const;

/** A listener says every 20 seconds that it listens. */
const LISTENS_MS = 90_000;

type Facts = {
  kind: SourceKind;
  disabledAt: Date | null;
  silentSince: Date | null;
  error: string | null;
  checkedAt: Date | null;
  succeededAt: Date | null;
};

/** @returns the state of a source in a word, and its tint. @param now milliseconds since the epoch. */
export function stateOf(
  source: Facts,
  now: number,
): { label: string; tone: "neutral" | "success" | "warning" | "danger" } {
  if (source.disabledAt) return { label: "Disabled", tone: "neutral" };
  if (source.error)
    return { label: source.succeededAt && !isOver(source) ? "Works with errors" : "Failing", tone: "danger" };
  if (source.silentSince) return { label: "Silent", tone: "warning" };
  if (!source.succeededAt)
    return { label: source.kind === "smtp" ? "Not listening yet" : "Not read yet", tone: "neutral" };
  if (source.kind !== "smtp") return { label: "Working", tone: "success" };
  const listens = now - source.succeededAt.getTime() < LISTENS_MS;
  return listens ? { label: "Listening", tone: "success" } : { label: "Not listening", tone: "danger" };
}

/** The last check did not reach its end. */
const isOver = ({ checkedAt, succeededAt }: Facts): boolean =>
  checkedAt !== null && succeededAt !== null && checkedAt.getTime() > succeededAt.getTime();

/** @returns where mails come from: "desk on mail.acme.example, folder INBOX". */
export function placeOf(kind: SourceKind, options: SourceOptions): string {
  if (kind === "imap") {
    const { user, host, folder } = options as ImapOptions;
    return `${user} on ${host}, folder ${folder}`;
  }
  if (kind === "graph") {
    const { mailbox, folder } = options as GraphOptions;
    return `${mailbox}, folder ${folder}`;
  }
  const { address, port } = options as SmtpOptions;
  return `Port ${port}${address ? ` on ${address}` : ""}`;
}

/** @returns what a check came to, as sentences. */
export function outcomeWords({ taken, left, problem, isComplete }: Outcome): string {
  const parts = [
    taken === 0 ? "There is nothing new." : `${taken === 1 ? "1 mail was" : `${taken} mails were`} taken.`,
  ];
  if (left > 0) parts.push(`${left === 1 ? "1 message stays" : `${left} messages stay`} in the mailbox: see the list.`);
  if (!isComplete) parts.push("There are more; they follow within minutes.");
  if (problem) parts.push(problem);
  return parts.join(" ");
}
