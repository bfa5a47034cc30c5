import { headEnd } from "./head";
import { limits } from "./limits";

const dash = 0x2d;
const addressFields =
  /^(from|to|cc|bcc|sender|reply-to|delivered-to|return-path|disposition-notification-to|list-[\w-]+|resent-[\w-]+)\s*:/i;

type Count = { parts: number; messages: number; addressBytes: number; headBytes: number; boundaries: Set<string> };

/**
 * Walks over the raw lines once and says, in words, which limit the mail breaks; null when it may be parsed.
 * It sees parts and attached messages the way a MIME library would, but keeps no more than the declared boundaries.
 */
export function checkLimits(raw: Buffer): string | null {
  if (raw.length === 0) return "The mail is empty.";
  if (raw.length > limits.messageBytes) return "The mail is larger than 25 MB.";
  const count: Count = { parts: 0, messages: 0, addressBytes: 0, headBytes: 0, boundaries: new Set() };
  const bodyAt = headEnd(raw);
  if (bodyAt >= limits.headBytes) return "The head of the mail is larger than 256 KB.";
  const tooMuch = checkHead(raw.subarray(0, bodyAt), count);
  return tooMuch ?? checkBody(raw, bodyAt, count);
}

function checkHead(bytes: Buffer, count: Count): string | null {
  const lines = bytes.toString("latin1").split("\n");
  if (lines.length > limits.headFields * 4) return "The mail has too many header lines.";
  let fields = 0;
  let inAddresses = false;
  for (const line of lines) {
    const folded = line.startsWith(" ") || line.startsWith("\t");
    if (!folded) fields++;
    if (!folded) inAddresses = addressFields.test(line);
    if (inAddresses) count.addressBytes += line.length;
  }
  if (fields > limits.headFields) return "The mail has more than 1,000 header fields.";
  if (count.addressBytes > limits.addressBytes) return "The mail names too many addresses.";
  return checkBoundaries(bytes.toString("latin1"), count);
}

function checkBoundaries(head: string, count: Count): string | null {
  // A boundary in pieces (RFC 2231) is legal, and used by nobody but those who want to slip past this count.
  if (/boundary\s{0,20}\*/i.test(head)) return "The mail declares its parts in an unsupported way.";
  for (const match of head.matchAll(/boundary\s{0,20}=\s{0,20}(?:"([^"\r\n]{1,200})|([^\s;"]{1,200}))/gi)) {
    count.boundaries.add((match[1] ?? match[2] ?? "").trim());
  }
  return count.boundaries.size > limits.boundaries ? "The parts of the mail are nested too deeply." : null;
}

function checkBody(raw: Buffer, bodyAt: number, count: Count): string | null {
  let position = bodyAt;
  let lines = 0;
  let headAt = isAttachedMessage(raw.subarray(0, bodyAt)) ? bodyAt : -1;
  while (position < raw.length) {
    if (++lines > limits.lines) return "The mail has more than a million lines.";
    const found = raw.indexOf(0x0a, position);
    const end = found < 0 ? raw.length : found;
    const next = found < 0 ? raw.length : found + 1;
    const empty = end === position || (end === position + 1 && raw[position] === 0x0d);
    if (isBoundary(raw, position, end, count)) {
      if (++count.parts > limits.parts) return "The mail has more than 200 parts.";
      headAt = next;
    } else if (headAt >= 0 && next - headAt > limits.partHeadBytes) {
      return "The head of a part is larger than 64 KB.";
    } else if (headAt >= 0 && empty) {
      const head = raw.subarray(headAt, next);
      count.headBytes += head.length;
      if (count.headBytes > limits.partHeadsBytes) return "The heads of the parts are larger than 1 MB.";
      const tooMuch = checkHead(head, count);
      if (tooMuch) return tooMuch;
      headAt = isAttachedMessage(head) ? next : -1;
      if (headAt >= 0 && ++count.messages > limits.attachedMessages)
        return "The mail holds too many attached messages.";
    }
    position = next;
  }
  return null;
}

function isBoundary(raw: Buffer, start: number, end: number, count: Count): boolean {
  if (raw[start] !== dash || raw[start + 1] !== dash || end - start > 210) return false;
  const line = raw.toString("latin1", start + 2, end).trimEnd();
  return count.boundaries.has(line) || (line.endsWith("--") && count.boundaries.has(line.slice(0, -2)));
}

// An encoded one shows no head here; it is checked when it is taken out.
function isAttachedMessage(head: Buffer): boolean {
  const text = head.toString("latin1");
  const encoded = /^content-transfer-encoding\s{0,20}:\s{0,20}(?:base64|quoted-printable)/im.test(text);
  return !encoded && /^content-type\s{0,20}:\s{0,20}message\/(?:rfc822|global)/im.test(text);
}
