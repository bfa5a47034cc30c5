import "server-only";
import { auditRefused } from "../audit";
import { readBody, TooLarge } from "../body";
import { problem } from "../door";
import { UserError } from "../errors";
import { findKey, type IntakeKey, noteUse } from "../intake-keys/keys";
import { MAIL_BYTES } from "../mails/rules";
import { storeMail } from "../mails/store";
import { clientAddress } from "../request";
import { enter, mayTryKey, worthNoting } from "./flood";
import { fileSoon } from "./start";

/** What the body may say it is; without a word it is believed to be a message. */
const TYPES = new Set(["", "message/rfc822", "application/octet-stream", "text/plain"]);

/**
 * A machine brings a message: its key in `Authorization: Bearer`, the message as it is as the body.
 * @returns 202 with the mail's id, also for one that is here already; else a sentence.
 */
export async function deliverMail(request: Request): Promise<Response> {
  const address = await clientAddress();
  if (!mayTryKey(address)) return later("Too many wrong keys from this address.", 60);
  const key = await findKey(request.headers.get("authorization"));
  if (!key) return wrongKey(address);
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!TYPES.has(type)) return problem(415, "Send the message itself, with Content-Type: message/rfc822.");
  const leave = enter();
  if (!leave) return later("Too many mails arrive at once.", 5);
  try {
    return await take(request, key, address);
  } finally {
    leave();
  }
}

async function wrongKey(address: string): Promise<Response> {
  if (worthNoting(address)) {
    const machine = { id: null, name: "", role: "", address };
    await auditRefused(machine, { action: "mail.receive", target: "" }, "wrong or ended intake key");
  }
  const answer = problem(401, "The key is wrong or has ended.");
  answer.headers.set("WWW-Authenticate", "Bearer");
  return answer;
}

async function take(request: Request, key: IntakeKey, address: string): Promise<Response> {
  try {
    const raw = await readBody(request, MAIL_BYTES);
    const actor = { id: null, name: key.name, role: "Intake key", address };
    const incoming = { raw, source: "intake", broughtBy: key.name, actor } as const;
    const { id } = await storeMail({ ...incoming, also: (tx) => noteUse(tx, key) });
    fileSoon();
    return Response.json({ id }, { status: 202 });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return problem(error instanceof TooLarge ? 413 : 400, `The message ${error.message}`);
  }
}

function later(sentence: string, seconds: number): Response {
  const answer = problem(429, `${sentence} Try again in ${seconds} seconds.`);
  answer.headers.set("Retry-After", String(seconds));
  return answer;
}

/** Every other method. */
export async function onlyPost(): Promise<Response> {
  const answer = problem(405, "Send the message with POST.");
  answer.headers.set("Allow", "POST");
  return answer;
}
