/** What the message of a part says. `sentAt` is ISO 8601. */
type Told = { fromAddress: string; fromName: string; sentAt: string | null; subject: string; text: string };

/** Bytes of an encoded word: 75 characters at most, of which 12 are its frame (RFC 2047, section 2). */
const WORD_BYTES = 45;

/** @returns a small message (RFC 5322) in UTF-8; nothing in it can end a line of its head. */
export function partMessage({ fromAddress, fromName, sentAt, subject, text }: Told): Buffer {
  const address = fromAddress.replace(/[^\x21-\x7e]|[<>,;:"\\()[\]]/g, "");
  const lines = [
    `From: ${fromName ? `${encoded(fromName)} ` : ""}<${address}>`,
    ...(sentAt === null ? [] : [`Date: ${new Date(sentAt).toUTCString().replace("GMT", "+0000")}`]),
    `Subject: ${encoded(subject)}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    ...text.split("\n"),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n`);
}

function encoded(text: string): string {
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString("base64")}?=`).join("\r\n ");
}
