import type { RunStatus } from "../../statuses";

/** "info" is a mail that was recognised but is no result: a test mail, "started", package updates, a report. */
export type MailKind = "run" | "info" | "unknown" | "unreadable";

export type ParsedObject = {
  name: string;
  status: RunStatus;
  message: string | null;
  sizeBytes: number | null;
  durationSeconds: number | null;
};

export type ParsedRun = {
  /** The product for people, "Veeam Agent"; "" when only the generic classifier recognised the mail. */
  software: string;
  jobName: string;
  host: string | null;
  /** "backup", "backup copy", "replication", "vzdump", "restore" ... */
  jobType: string;
  /** A suggestion: "Server", "Workstation", "Virtual machines", "NAS", "Database", "Microsoft 365" or "Other". */
  resourceType: string;
  status: RunStatus;
  /** One line for people: why it is not a success. */
  message: string | null;
  /** ISO 8601 in UTC, like endedAt. */
  startedAt: string | null;
  endedAt: string | null;
  durationSeconds: number | null;
  sizeBytes: number | null;
  transferredBytes: number | null;
  objects: ParsedObject[];
  /** "software|host|job name|job type", normalised: mails with the same key belong to the same job. */
  matchKey: string;
  /** Which text of the mail decided which field. */
  evidence: { field: string; text: string }[];
  /** What people should know, such as "The time in the mail lies in the future." */
  notes: string[];
};

export type MailAttachment = { name: string; contentType: string; sizeBytes: number };

export type ReadMail = {
  kind: MailKind;
  /** "veeam", "vzdump", "duplicati", "generic" or "none". */
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
  /** Why a mail is unreadable, in words. */
  error: string | null;
};
