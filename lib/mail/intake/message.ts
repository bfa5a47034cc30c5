import { createHash } from "node:crypto";

type Parts = {
  from: { name: string; address: string };
  subject: string;
  text: string;
  at: Date;
  /** What makes two reports one; null: no two are. */
  identity: string | null;
  heads?: Record<string, string>;
};

const LONGEST_HEAD = 500;

/** @returns a plain message (RFC 5322) that says this, as if the machine had sent a mail. */
export function buildMessage({ from, subject, text, at, identity, heads = {} }: Parts): Buffer {
  const id = identity === null ? crypto.randomUUID() : createHash("sha256").update(identity).digest("hex").slice(0, 40);
  const fields: Record<string, string> = {
    From: `${headText(from.name)} <${from.address}>`,
    Subject: headText(subject),
    Date: at.toUTCString().replace("GMT", "+0000"),
    "Message-ID": `<${id}@webhook.invalid>`,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    ...Object.fromEntries(Object.entries(heads).map(([name, value]) => [name, headText(value)])),
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const body = text.replaceAll("\0", "").replace(/\r\n|\r|\n/g, "\r\n");
  return Buffer.from(`${head.join("")}\r\n${body}\r\n`);
}

/** One line, whatever was sent; as encoded words (RFC 2047) when it is more than plain characters. */
function headText(value: string): string {
  const line = value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, LONGEST_HEAD);
  if (/^[\x20-\x7e]*$/.test(line) && !line.includes("=?")) return line;
  const words: string[] = [];
  for (const char of line) {
    const last = words.at(-1);
    if (last !== undefined && Buffer.byteLength(last + char) <= 45) words[words.length - 1] = last + char;
    else words.push(char);
  }
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString("base64")}?=`).join("\r\n ");
}

/** @returns a name for machines as part of an address: letters, digits, dots and hyphens. */
export function hostName(text: string, otherwise: string): string {
  const plain = (value: string) =>
    value
      .toLowerCase()
      .replace(/[^a-z0-9.-]+/g, "-")
      .replace(/^[.-]+|[.-]+$/g, "")
      .slice(0, 200);
  return plain(text) || `${plain(otherwise) || "unknown"}.webhook.invalid`;
}
