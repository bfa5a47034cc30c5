import "server-only";
import { createSecureContext } from "node:tls";
import { UserError } from "../errors";
import { newRecipient } from "./recipient";
import type { SourceInput } from "./schema";
import type { GraphOptions, ImapOptions, SmtpOptions, SourceOptions, SourceSecrets } from "./types";

/** Labels of what the log of changes and conflicts names, by option. */
const labels: Record<string, string> = {
  host: "Server",
  port: "Port",
  security: "Encryption",
  authority: "Certificate to trust",
  user: "User",
  signIn: "Sign in with",
  tokenUrl: "Token address",
  clientId: "Client ID",
  scope: "Scope",
  tenant: "Tenant",
  mailbox: "Mailbox",
  folder: "Folder",
  after: "After import",
  moveTo: "Folder to move to",
  authServId: "Trusted mail server",
  needsRecipient: "Secret recipient",
  address: "Listen on",
  allowed: "Allowed addresses",
};

/** @returns what a source says, by label, without secrets. */
export function factsOf(name: string, options: SourceOptions): Record<string, string> {
  const told = Object.entries(options).map(([key, value]) => [labels[key] ?? key, String(value)]);
  return { Name: name, ...Object.fromEntries(told) };
}

/**
 * The secrets after a change: those that were typed, and of the others those that may stay.
 * @param stored null when they cannot be opened. @throws UserError at the field of one that is missing.
 */
export function mergedSecrets(
  input: SourceInput,
  before: { options: SourceOptions; secrets: SourceSecrets | null } | null,
): SourceSecrets {
  const moved = before !== null && isElsewhere(before.options, input.options);
  const stored = before?.secrets ?? {};
  // Whoever may change the server must not thereby read the password: it is not sent anywhere else.
  const kept = moved ? { recipient: stored.recipient } : stored;
  const secrets = { ...kept, ...input.secrets };
  const again = moved ? " The server was changed, so what was stored is not sent there." : "";
  requireSecrets(input, secrets, again);
  if (needsRecipient(input) && !secrets.recipient) secrets.recipient = newRecipient();
  return secrets;
}

/** What is sent would go to somebody else, or could be read on its way. */
function isElsewhere(before: SourceOptions, after: SourceOptions): boolean {
  const [a, b] = [before as Partial<ImapOptions & GraphOptions>, after as Partial<ImapOptions & GraphOptions>];
  if ("allowed" in after) return false;
  const isWeaker = b.security === "none" && a.security !== "none";
  return (
    a.host !== b.host || a.tokenUrl !== b.tokenUrl || a.tenant !== b.tenant || a.authority !== b.authority || isWeaker
  );
}

const needsRecipient = ({ kind, options }: SourceInput): boolean =>
  kind === "smtp" || (options as ImapOptions).needsRecipient;

function requireSecrets({ kind, options }: SourceInput, secrets: SourceSecrets, again: string): void {
  if (kind === "graph" && !secrets.clientSecret)
    throw new UserError(`Enter the client secret.${again}`, "client_secret");
  if (kind === "imap") {
    const { signIn } = options as ImapOptions;
    if (signIn === "password" && !secrets.password) throw new UserError(`Enter the password.${again}`, "password");
    if (signIn === "oauth" && !secrets.clientSecret && !secrets.refreshToken)
      throw new UserError(`Enter the client secret, or a refresh token.${again}`, "client_secret");
  }
  if (kind === "smtp" && (options as SmtpOptions).security !== "none") requireCertificate(secrets);
}

function requireCertificate({ certificate, privateKey }: SourceSecrets): void {
  if (!certificate) throw new UserError("Paste a certificate, or choose no encryption.", "certificate");
  if (!privateKey) throw new UserError("Paste the private key of the certificate.", "key_secret");
  try {
    createSecureContext({ cert: certificate, key: privateKey });
  } catch {
    throw new UserError("Certificate and private key cannot be read, or do not belong together.", "certificate");
  }
}

/** @returns whether reading begins anew, because it is another mailbox. */
export function isOtherMailbox(before: SourceOptions, after: SourceOptions): boolean {
  const [a, b] = [before as Partial<ImapOptions & GraphOptions>, after as Partial<ImapOptions & GraphOptions>];
  return (["host", "port", "user", "tenant", "mailbox", "folder"] as const).some((name) => a[name] !== b[name]);
}
