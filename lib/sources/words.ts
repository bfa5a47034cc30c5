import { UserError } from "../errors";

/** The other side does not let us in: asking again soon may lock the account there. */
export class Refused extends UserError {}

/** The other side asks to come back later. */
export class Throttled extends UserError {
  constructor(
    who: string,
    readonly seconds: number,
  ) {
    super(`${who} asks to wait ${Math.ceil(seconds)} seconds.`);
  }
}

const networkWords: Record<string, string> = {
  ECONNREFUSED: "The server refuses connections on this port.",
  ENOTFOUND: "There is no server of this name.",
  EAI_AGAIN: "The name of the server could not be looked up.",
  ETIMEDOUT: "The server does not answer.",
  CONNECT_TIMEOUT: "The server does not answer.",
  GREETING_TIMEOUT: "The server does not answer as a mail server. Is the port right, and the encryption?",
  UPGRADE_TIMEOUT: "The server does not finish the change to encryption.",
  ETIMEOUT: "The server stopped answering.",
  EHOSTUNREACH: "The server cannot be reached.",
  ENETUNREACH: "The server cannot be reached.",
  ECONNRESET: "The server ended the connection.",
  EPIPE: "The server ended the connection.",
  NoConnection: "The server ended the connection.",
  EConnectionClosed: "The server ended the connection.",
  ClosedAfterConnectTLS: "The server ended the connection. Is the port right, and the encryption?",
  ClosedAfterConnectText: "The server ended the connection. Is the port right, and the encryption?",
  StateLogout: "The server ended the connection.",
  UND_ERR_SOCKET: "The server ended the connection.",
  UND_ERR_CONNECT_TIMEOUT: "The server does not answer.",
  UND_ERR_HEADERS_TIMEOUT: "The server does not answer.",
  UND_ERR_BODY_TIMEOUT: "The server stopped answering.",
  LiteralTooLarge: "The server sent more than 25 MB as one message.",
  EADDRINUSE: "The port is in use by another program.",
  EADDRNOTAVAIL: "This machine does not have this address.",
  EACCES: "The system does not let this program listen on this port. Ports above 1023 need no permission.",
};
const certificateCodes = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;

/** @returns what went wrong, as a sentence for people; never what a server sent, which may hold secrets. */
export function inWords(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = causeOf(at), depth++) {
    if (at instanceof UserError) return at.message;
    const known = wordsOf(at);
    if (known) return known;
  }
  return "Something failed that has no name. The log of the server says more.";
}

/** Several addresses of one name each fail for themselves; the first one says enough. */
const causeOf = (error: Error): unknown => (error instanceof AggregateError ? error.errors[0] : error.cause);

function wordsOf(error: Error): string | undefined {
  const { code, authenticationFailed, mailboxMissing, tlsFailed } = error as Error & Record<string, unknown>;
  if (authenticationFailed) return "The mailbox refused the password.";
  if (mailboxMissing) return "There is no such folder in the mailbox.";
  const key = typeof code === "string" ? code : "";
  if (certificateCodes.test(key)) return "The certificate of the server is not trusted, or not made for this name.";
  if (networkWords[key]) return networkWords[key];
  if (tlsFailed || key.startsWith("ERR_SSL")) return "The encryption failed. Is the port right, and the encryption?";
  if (["ZodError", "SyntaxError"].includes(error.name)) return "The server answered something unexpected.";
  return error.name === "TimeoutError" ? "The server does not answer." : undefined;
}
