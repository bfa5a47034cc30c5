/** What mails may be like, and how they are called. Pure: for both sides. */

/** The largest mail that is taken in, in bytes. */
export const MAIL_BYTES = 25 * 1024 * 1024;

/** How much of a mail's source is shown on a page, in bytes; the whole is there to download. */
export const SHOWN_SOURCE_BYTES = 200_000;

export const mailKinds = ["waiting", "run", "info", "unknown", "unreadable", "digest"] as const;
export type MailKind = (typeof mailKinds)[number];

/** The word and the tint of what a mail turned out to be. */
export const kindLabels: Record<MailKind, { label: string; tone: "neutral" | "info" | "warning" | "danger" }> = {
  waiting: { label: "Being read", tone: "neutral" },
  run: { label: "Result", tone: "neutral" },
  info: { label: "Information", tone: "info" },
  unknown: { label: "Unknown", tone: "warning" },
  unreadable: { label: "Unreadable", tone: "danger" },
  digest: { label: "Digest", tone: "info" },
};

/** For a filter: every kind, or one. */
export const kindOptions = [
  { value: "", label: "Every kind" },
  ...["run", "unknown", "unreadable", "info", "waiting"].map((value) => ({
    value,
    label: kindLabels[value as MailKind].label,
  })),
];

/** @returns "Anna (anna@acme.example)", or the part that the mail names. */
export function senderLabel({ fromName, fromAddress }: { fromName: string; fromAddress: string }): string {
  if (!fromName || fromName === fromAddress) return fromAddress || "Unknown sender";
  return fromAddress ? `${fromName} (${fromAddress})` : fromName;
}

/** @returns how a mail is called where it needs a name. */
export const subjectLabel = (subject: string): string => subject || "(no subject)";

/** @returns "“Backup done”" for one mail, "3 mails" for several. */
export function mailsLabel(subjects: readonly string[]): string {
  const [only] = subjects;
  return subjects.length === 1 && only !== undefined ? `“${subjectLabel(only)}”` : `${subjects.length} mails`;
}
