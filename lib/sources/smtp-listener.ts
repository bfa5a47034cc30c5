import "server-only";
import { once } from "node:events";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import { UserError } from "../errors";
import { fileNow } from "../filing/start";
import { log } from "../log";
import { headEnd, headFields } from "../mail/parse/head";
import { MAIL_BYTES } from "../mails/rules";
import { allowing } from "./addresses";
import { isMeant } from "./recipient";
import { reportable } from "./reportable";
import { takeMail } from "./take";
import type { SmtpSource } from "./types";

const CLIENTS = 80;
/** What one process holds of messages that are still being sent. */
const HELD_BYTES = 200 * 1024 * 1024;
const SILENT_MS = 30_000;
/** Who sends a byte now and then is never silent; this ends it. */
const SESSION_MS = 5 * 60_000;
const CLOSE_MS = 1000;

let held = 0;

export type Listener = { close: () => Promise<void> };

/** Listens for mails. @returns how to stop it. @throws what the system says when the port cannot be had. */
export async function openListener(source: SmtpSource): Promise<Listener> {
  const { options, secrets } = source;
  const isAllowed = allowing(options.allowed);
  const encryption = { key: secrets.privateKey ?? "", cert: secrets.certificate ?? "" };
  const server = new SMTPServer({
    name: "backupchecks",
    secure: options.security === "tls",
    ...(options.security === "none" ? {} : encryption),
    size: MAIL_BYTES,
    rejectOversized: true,
    disabledCommands: options.security === "none" ? ["AUTH", "STARTTLS"] : ["AUTH"],
    authOptional: true,
    disableReverseLookup: true,
    maxClients: CLIENTS,
    maxRecipients: 20,
    socketTimeout: SILENT_MS,
    closeTimeout: CLOSE_MS,
    logger: false,
    onConnect(session, callback) {
      endLater(server, session);
      callback(isAllowed(session.remoteAddress) ? null : answer(554, "Your address may not deliver here"));
    },
    onRcptTo({ address }, _session, callback) {
      callback(isMeant(address, secrets.recipient ?? "") ? null : answer(550, "No such recipient"));
    },
    onData(stream, session, callback) {
      take(source, stream, session).then(
        (text) => callback(null, text),
        (error: unknown) => callback(refusal(error, source)),
      );
    },
  });
  // Broken connections and failed handshakes of others are no matter of ours; without a listener they would end the process.
  server.on("error", (error) =>
    log.debug({ source: source.name, code: codeOf(error) }, "a client of the listener failed"),
  );
  server.listen(options.port, options.address || undefined);
  await once(server.server, "listening");
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

function endLater(server: SMTPServer, session: SMTPServerSession): void {
  const timer = setTimeout(() => {
    for (const connection of server.connections) if (connection.session.id === session.id) connection.close();
  }, SESSION_MS);
  timer.unref();
  for (const connection of server.connections)
    if (connection.session.id === session.id) connection.once("close", () => clearTimeout(timer));
}

/** Stored first, then answered: what was told 250 is here. */
async function take(source: SmtpSource, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isDropped = false;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      isDropped ||= stream.sizeExceeded || held + chunk.length > HELD_BYTES;
      // The rest is still read: the client hears the answer only after its last byte.
      if (isDropped) {
        chunks.length = 0;
        held -= size;
        size = 0;
        continue;
      }
      chunks.push(chunk);
      size += chunk.length;
      held += chunk.length;
    }
    if (stream.sizeExceeded) throw answer(552, "The message is larger than 25 MB");
    if (isDropped) throw answer(451, "Too many mails arrive at once, try again later");
    const raw = Buffer.concat(chunks);
    const { id } = await takeMail(source, datedMail(raw, session), session.remoteAddress);
    void fileNow();
    return `Kept as ${id}`;
  } finally {
    held -= size;
  }
}

/** A message with neither date nor id could not be told from the next one that says the same. */
function datedMail(raw: Buffer, { id, remoteAddress }: SMTPServerSession): Buffer {
  const names = new Set(headFields(raw.subarray(0, headEnd(raw))).map(({ name }) => name));
  if (names.has("date") || names.has("message-id")) return raw;
  const stamp = `Received: from [${remoteAddress}] by backupchecks with SMTP id ${id};\r\n ${new Date().toUTCString()}\r\n`;
  return Buffer.concat([Buffer.from(stamp), raw]);
}

function refusal(error: unknown, source: SmtpSource): Error {
  if (error instanceof UserError) return answer(554, `The message ${error.message}`);
  if (error instanceof Error && "responseCode" in error) return error;
  log.error({ source: source.name, failure: reportable(error) }, "a delivered mail could not be stored");
  return answer(451, "The mail cannot be stored now, try again later");
}

const answer = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });
const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
