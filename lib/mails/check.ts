import { createHash } from "node:crypto";
import { UserError } from "../errors";
import { headEnd, headFields, readHead } from "../mail/parse/head";
import { MAIL_BYTES } from "./rules";

/** Fields of which every message has at least one; any text may happen to have a line with a colon. */
const NAMES = new Set(["from", "to", "subject", "date", "message-id", "received", "mime-version", "return-path"]);

/** What came in may be kept. @throws UserError whose sentence goes on after the name of the file or mail. */
export function checkSize(raw: Buffer): void {
  if (raw.length === 0) throw new UserError("is empty.");
  if (raw.length > MAIL_BYTES) throw new UserError("is larger than 25 MB.");
}

/** What came in is a message. @throws UserError whose sentence goes on after the name of the file or mail. */
export function checkShape(raw: Buffer): void {
  const names = headFields(raw.subarray(0, headEnd(raw))).map(({ name }) => name);
  if (!names.some((name) => NAMES.has(name))) throw new UserError("is not an e-mail message.");
}

/** @returns what makes one message one mail: its Message-ID, else its bytes. A digest, because people index it. */
export function dedupeKey(raw: Buffer): string {
  const { messageId } = readHead(raw);
  const digest = createHash("sha256").update(messageId ?? raw);
  return `${messageId ? "id" : "bytes"}:${digest.digest("base64url")}`;
}
