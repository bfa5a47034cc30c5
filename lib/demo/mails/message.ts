type Parts = {
  from: string;
  fromName?: string;
  to?: string;
  subject: string;
  sentAt: Date;
  text?: string;
  html?: string;
};

/** @returns the source of a mail as it would come over the wire. */
export function message({
  from,
  fromName,
  to = "backups@desk.example",
  subject,
  sentAt,
  text,
  html,
}: Parts): Uint8Array {
  const kind = html === undefined ? "plain" : "html";
  const head = [
    `Return-Path: <${from}>`,
    `Received: from mail.${from.split("@")[1]} by mx.desk.example with ESMTPS; ${mailDate(sentAt)}`,
    `From: ${fromName ? `"${fromName}" ` : ""}<${from}>`,
    `To: <${to}>`,
    `Subject: ${encoded(subject)}`,
    `Date: ${mailDate(sentAt)}`,
    `Message-ID: <${sentAt.getTime().toString(36)}.${hash(from + subject)}@${from.split("@")[1]}>`,
    "MIME-Version: 1.0",
    `Content-Type: text/${kind}; charset=utf-8`,
    "Content-Transfer-Encoding: 8bit",
  ];
  return new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n${(html ?? text ?? "").replace(/\r?\n/g, "\r\n")}\r\n`);
}

/** "Mon, 16 Nov 2026 21:00:05 +0000" (RFC 5322, section 3.3). */
const mailDate = (moment: Date): string => moment.toUTCString().replace("GMT", "+0000");

/** RFC 2047 for what is not ASCII. */
const encoded = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`;

/** Two mails of one second are still two messages. */
function hash(text: string): string {
  let value = 7;
  for (const letter of text) value = (Math.imul(value, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return value.toString(36);
}
