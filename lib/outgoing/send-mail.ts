import "server-only";
import nodemailer from "nodemailer";
import { mailProblem } from "./problems";
import { oneLine } from "./rules";
import { type Outgoing, openSecret } from "./stored";
import type { MailToSend } from "./types";

const STEP_MS = 10_000;
/** A server that answers each line slowly must not hold a delivery longer than until its next attempt. */
const WHOLE_MS = 45_000;

/**
 * Hands a mail to the account's mail server.
 * @param deliveryId makes the Message-ID, so that a mail that is sent twice (the answer was lost) is one mail to who gets it.
 * @returns addresses that the server refused while it took others.
 * @throws Error whose message says in words what went wrong.
 */
export async function sendMail(settings: Outgoing, mail: MailToSend, deliveryId: string): Promise<string[]> {
  const { smtpHost: host, smtpPort: port, smtpSecurity, smtpUser: user } = settings;
  if (!host) throw new Error("No mail server is set.");
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: smtpSecurity === "tls",
    requireTLS: smtpSecurity === "starttls",
    ignoreTLS: smtpSecurity === "none",
    auth: user ? { user, pass: openSecret(settings, "smtpPassword") } : undefined,
    dnsTimeout: STEP_MS,
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const sent = await withLimit(transport.sendMail(messageOf(settings, mail, deliveryId)), () => transport.close());
    return sent.rejected.map(String);
  } catch (error) {
    throw new Error(mailProblem(error));
  } finally {
    transport.close();
  }
}

function messageOf({ fromAddress }: Outgoing, mail: MailToSend, deliveryId: string) {
  // As objects: what stands in them is never read as a list of several addresses.
  const person = (address: string) => ({ name: "", address });
  return {
    from: person(fromAddress),
    to: mail.to.map(person),
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId: `<${deliveryId}@${fromAddress.split("@").at(-1)}>`,
    // Nobody's out-of-office answers to it.
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    attachments: mail.attachments?.map(({ name, contentType, base64 }) => ({
      filename: oneLine(name),
      contentType,
      content: Buffer.from(base64, "base64"),
    })),
  };
}

function withLimit<T>(work: Promise<T>, stop: () => void): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      stop();
      reject(new Error("it did not finish in time"));
    }, WHOLE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
