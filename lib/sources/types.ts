/** What is stored of a mail source, apart from its secrets (`mail_sources.options`), and its secrets before they are sealed. */

export type SourceKind = "imap" | "graph" | "smtp";
export type Security = "tls" | "starttls" | "none";

/** What happens to a message in its mailbox once it is stored here. */
type AfterImport = { after: "nothing" | "read" | "move"; moveTo: string };

/** How a sender shows that it is who it says (see lib/sources/sender-check.ts); empty and false: nobody looks. */
type SenderTrust = { authServId: string; needsRecipient: boolean };

export type ImapOptions = AfterImport &
  SenderTrust & {
    host: string;
    port: number;
    security: Security;
    user: string;
    signIn: "password" | "oauth";
    tokenUrl: string;
    clientId: string;
    scope: string;
    folder: string;
    /** PEM of a certificate to be trusted beside the usual ones, for servers with one of their own. */
    authority: string;
  };

export type GraphOptions = AfterImport &
  SenderTrust & { tenant: string; clientId: string; mailbox: string; folder: string };

export type SmtpOptions = { address: string; port: number; security: Security; allowed: string[] };

export type SourceOptions = ImapOptions | GraphOptions | SmtpOptions;

export type SourceSecrets = {
  password?: string;
  clientSecret?: string;
  refreshToken?: string;
  /** PEM, for the listener. */
  privateKey?: string;
  certificate?: string;
  /** What must stand in the recipient's address: made here, 130 bits. Shown to administrators, who pass it on. */
  recipient?: string;
};

type Common = { id: string; name: string; version: number; secrets: SourceSecrets };
export type ImapSource = Common & { kind: "imap"; options: ImapOptions; position: ImapPosition | null };
export type GraphSource = Common & { kind: "graph"; options: GraphOptions; position: GraphPosition | null };
export type SmtpSource = Common & { kind: "smtp"; options: SmtpOptions; position: null };
export type Source = ImapSource | GraphSource | SmtpSource;
export type Mailbox = ImapSource | GraphSource;

/** A message that stays in its mailbox: too large, or (`bytes` 0) not to be read there. */
export type Left = { subject: string; bytes: number };
/** A message that was asked for: itself, nothing when it is gone meanwhile, or the size of one that has to stay. */
export type Fetched = { raw?: Buffer } | { bytes: number };
/** `stuck`: the message that could not be read at the last check, and how often so far. `left`: the latest few. */
type Trouble = { left: Left[]; stuck?: { id: string; tries: number } };

/** Where reading stopped. All up to `stored` are kept here; all up to `filed` were moved or marked too. */
export type ImapPosition = Trouble & { folder: string; uidValidity: string; stored: number; filed: number };
/** `link`: the address that tells what came since. `unfiled`: ids of mails that could not be moved or marked yet. */
export type GraphPosition = Trouble & { mailbox: string; folder: string; link: string; unfiled: string[] };

/**
 * What a check of a mailbox came to. `problem`: what went wrong beside taking mails, in words; `isComplete`: false when
 * the time was over before the end of the mailbox.
 */
export type Outcome = { taken: number; known: number; left: number; problem: string | null; isComplete: boolean };
