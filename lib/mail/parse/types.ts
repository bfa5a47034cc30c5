import type { RunStatus } from "../../statuses";

/**
 * "run" is one result of one job; "digest" several results of different jobs in one mail; "info" a mail that was recognised but is no
 * result: a test mail, "started", package updates, a report.
 */
export type MailKind = "run" | "digest" | "info" | "unknown" | "unreadable";

export type ParsedObject = {
  name: string;
  status: RunStatus;
  message: string | null;
  sizeBytes: number | null;
  durationSeconds: number | null;
};

/**
 * `text` stands in the subject or the shown text of the mail as it is, but for whitespace, which is collapsed. `field` is the name of a
 * field of ParsedRun, or "objects.3" for the status of the fourth object.
 */
export type Evidence = { field: string; text: string };

export type ParsedRun = {
  /** The product for people, "Veeam Agent"; "" when only the generic classifier recognised the mail. */
  software: string;
  /** Whose backup it is, as the mail calls them: the last of the groups of a tenant. Missing in older readings. */
  customer?: string | null;
  jobName: string;
  host: string | null;
  /** "backup", "backup copy", "replication", "vzdump", "restore" ... */
  jobType: string;
  /** A suggestion: "Server", "Workstation", "Virtual machines", "NAS", "Database", "Microsoft 365" or "Other". */
  resourceType: string;
  /** "missed" when the software itself says that it did not run; `startedAt` is then the moment it was planned for. */
  status: RunStatus;
  /** One line for people: why it is not a success. */
  message: string | null;
  /** When it was to start, where the software says so; it may have waited since. Missing in older readings. */
  scheduledAt?: string | null;
  /** ISO 8601 in UTC, like endedAt. */
  startedAt: string | null;
  endedAt: string | null;
  durationSeconds: number | null;
  sizeBytes: number | null;
  transferredBytes: number | null;
  objects: ParsedObject[];
  /** "software|customer/host|job name|job type", normalised: mails with the same key belong to the same job. */
  matchKey: string;
  /** Which words of the mail decided which field, in the order of the fields; a field worked out from two has two entries. */
  evidence: Evidence[];
  /** What people should know, such as "The time in the mail lies in the future." */
  notes: string[];
};

export type MailAttachment = { name: string; contentType: string; sizeBytes: number };

export type ReadMail = {
  kind: MailKind;
  /** The id of a parser of lib/mail/parsers/registry.ts, or "none". */
  parser: string;
  messageId: string | null;
  subject: string;
  fromAddress: string;
  fromName: string;
  /** The Date header as ISO 8601 in UTC. */
  sentAt: string | null;
  /** Plain text for people, at most 200,000 characters. */
  text: string;
  /** A complete sanitised HTML document; null when the mail has no HTML. */
  html: string | null;
  attachments: MailAttachment[];
  runs: ParsedRun[];
  /** What somebody should know of a mail that is no result: a full quota, a repository out of reach. One line, as the mail says it. */
  alert: string | null;
  /** Why a mail is unreadable, in words. */
  error: string | null;
};
