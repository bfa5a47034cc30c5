import { type Attachment, type SimpleParserOptions, simpleParser } from "mailparser";
import { decodeBytes } from "./charset";
import { headEnd, headFields } from "./head";
import { limits } from "./limits";
import type { MailAttachment } from "./types";

export type InlineImage = { contentType: string; bytes: Buffer };

export type Mime = {
  text: string;
  html: string;
  attachments: MailAttachment[];
  /** Images that the HTML names with cid:, by their content id. */
  images: Map<string, InlineImage>;
  /** The body as it came, where neither text nor HTML nor attachments were found in it: its parts are declared wrongly. */
  bare: string;
  /** Mails attached as mails, raw. */
  messages: Buffer[];
};

const options: SimpleParserOptions & { ignoreEmbedded: boolean } = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepCidLinks: true,
  ignoreEmbedded: true,
};

/** Takes a mail apart. The only place that knows the MIME library. Expects what checkLimits let through; rejects what the library refuses. */
export async function readMime(raw: Buffer): Promise<Mime> {
  const mail = await simpleParser(bodyOnly(raw), options);
  const messages = mail.attachments.filter((part) => part.contentType === "message/rfc822");
  return {
    text: (mail.text ?? "").slice(0, limits.bodyChars),
    html: (mail.html || "").slice(0, limits.htmlChars),
    attachments: mail.attachments.filter(isListed).slice(0, limits.attachmentsListed).map(listed),
    images: new Map(mail.attachments.filter(isImage).map((part) => [part.cid ?? "", image(part)])),
    bare: mail.text || mail.html || mail.attachments.length > 0 ? "" : bareBody(raw),
    messages: messages.map((part) => part.content),
  };
}

function bareBody(raw: Buffer): string {
  return decodeBytes(raw.subarray(headEnd(raw)).subarray(0, limits.shownTextChars));
}

// readHead has read the other fields already, and the library's address reader is the slow part of it.
function bodyOnly(raw: Buffer): Buffer {
  const end = headEnd(raw);
  const kept = headFields(raw.subarray(0, end)).filter((field) => /^(content-|mime-version$)/.test(field.name));
  const head = kept.map((field) => `${field.name}:${field.value}\r\n`).join("");
  return Buffer.concat([Buffer.from(`${head}\r\n`, "latin1"), raw.subarray(end)]);
}

function isListed(part: Attachment): boolean {
  return !(part.related && part.cid);
}

function listed(part: Attachment): MailAttachment {
  const name = (part.filename || (part.contentType === "message/rfc822" ? "message.eml" : "attachment")).slice(0, 255);
  return { name, contentType: part.contentType.slice(0, 100), sizeBytes: part.content.length };
}

function isImage(part: Attachment): boolean {
  return Boolean(part.cid) && /^image\/(png|gif|jpeg|webp)$/.test(part.contentType);
}

function image(part: Attachment): InlineImage {
  return { contentType: part.contentType, bytes: part.content };
}
