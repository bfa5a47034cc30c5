import "server-only";
import { auditRefused } from "../audit";
import { readBody, TooLarge } from "../body";
import { problem } from "../door";
import { UserError } from "../errors";
import { findKey, type IntakeKey, noteUse } from "../intake-keys/keys";
import type { Webhook } from "../mail/intake/webhook";
import { MAIL_BYTES } from "../mails/rules";
import { storeMail } from "../mails/store";
import { clientAddress } from "../request";
import { enter, mayTryKey, worthNoting } from "./flood";
import { fileSoon } from "./start";

/** What the body may say it is; without a word it is believed to be a message. */
const TYPES = ["", "message/rfc822", "application/octet-stream", "text/plain"];

/**
 * A machine brings a message: its key in `Authorization: Bearer`, the message as it is as the body.
 * @returns 202 with the mail's id, also for one that is here already; else a sentence.
 */
export const deliverMail = (request: Request): Promise<Response> =>
  withKey(request.headers.get("authorization"), async (key, address) => {
    if (!TYPES.includes(typeOf(request)))
      return problem(415, "Send the message itself, with Content-Type: message/rfc822.");
    return take(request, key, address, { source: "intake", toMessage: (body) => body });
  });

/**
 * A machine reports by a webhook, with its key in `Authorization: Bearer` or, for those that can send no heads, in the
 * address as `?key=`. @returns the same answers.
 */
export const deliverReport = (request: Request, { types, toMessage }: Webhook): Promise<Response> => {
  const inAddress = new URL(request.url).searchParams.get("key");
  const authorization = request.headers.get("authorization") ?? (inAddress && `Bearer ${inAddress}`);
  return withKey(authorization, async (key, address) => {
    const contentType = typeOf(request);
    if (!types.includes(contentType)) return problem(415, `Send it as ${types.filter(Boolean).join(" or ")}.`);
    return take(request, key, address, {
      source: "webhook",
      toMessage: (body) => toMessage({ body, contentType, keyName: key.name }),
    });
  });
};

async function withKey(
  authorization: string | null,
  run: (key: IntakeKey, address: string) => Promise<Response>,
): Promise<Response> {
  const address = await clientAddress();
  if (!mayTryKey(address)) return later("Too many wrong keys from this address.", 60);
  const key = await findKey(authorization);
  if (!key) return wrongKey(address);
  const leave = enter();
  if (!leave) return later("Too many mails arrive at once.", 5);
  try {
    return await run(key, address);
  } finally {
    leave();
  }
}

const typeOf = (request: Request): string =>
  (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

async function wrongKey(address: string): Promise<Response> {
  if (worthNoting(address)) {
    const machine = { id: null, name: "", role: "", address };
    await auditRefused(machine, { action: "mail.receive", target: "" }, "wrong or ended intake key");
  }
  const answer = problem(401, "The key is wrong or has ended.");
  answer.headers.set("WWW-Authenticate", "Bearer");
  return answer;
}

type Taking = { source: "intake" | "webhook"; toMessage: (body: Buffer) => Buffer };

async function take(request: Request, key: IntakeKey, address: string, { source, toMessage }: Taking) {
  try {
    const body = await readBody(request, MAIL_BYTES);
    if (body.length === 0) throw new UserError("is empty.");
    const raw = toMessage(body);
    const actor = { id: null, name: key.name, role: "Intake key", address };
    // A report says nothing of its sender but by its key, which is right; a mail may be from anybody.
    const senderCheck = source === "webhook" ? "passed" : "unchecked";
    const incoming = { raw, source, senderCheck, broughtBy: key.name, channelId: key.id, actor } as const;
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
