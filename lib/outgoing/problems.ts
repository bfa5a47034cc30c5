import { oneLine } from "./rules";

/** What went wrong while sending, in words for people. Pure: for both sides. */

type Fault = { code?: string; responseCode?: number; response?: string; message?: string };

/** @param error what nodemailer threw. */
export function mailProblem(error: unknown): string {
  const { code = "", responseCode, response, message = "" } = (error ?? {}) as Fault;
  const said = response ? ` It said: ${oneLine(response)}` : "";
  const known: Record<string, string> = {
    EAUTH: `The mail server refused the user or the password.${said}`,
    ENOAUTH: "The mail server asks for a user and a password.",
    EDNS: "The mail server's name is not known.",
    ECONNECTION: `The mail server could not be reached. ${oneLine(message)}`,
    ESOCKET: `The connection to the mail server failed. ${oneLine(message)}`,
    ETIMEDOUT: "The mail server did not answer in time.",
    ETLS: "The mail server offers no encrypted connection, or not a trustworthy one.",
    EENVELOPE: `The mail server refused the sender or the recipients.${said}`,
    EMESSAGE: `The mail server refused the mail.${said}`,
  };
  if (/certificate|self.signed/i.test(message))
    return `The mail server's certificate is not trusted. ${oneLine(message)}`;
  const words = known[code] ?? (responseCode ? `The mail server refused it.${said}` : null);
  return words?.trim() ?? `The mail was not sent: ${oneLine(message) || "unknown reason"}`;
}

/** @param error what Node.js threw while calling an address. */
export function callProblem(error: unknown): string {
  const { code = "", message = "" } = (error ?? {}) as Fault;
  const known: Record<string, string> = {
    ENOTFOUND: "The name of the address is not known.",
    EAI_AGAIN: "The name of the address could not be looked up.",
    ECONNREFUSED: "Nobody listens at this address.",
    ECONNRESET: "The other side ended the connection.",
    ETIMEDOUT: "The address did not answer in time.",
  };
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO/.test(code))
    return `The certificate of the address is not trusted (${code}).`;
  return known[code] ?? `The call failed: ${oneLine(message) || code || "unknown reason"}`;
}
