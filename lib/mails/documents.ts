import "server-only";
import { and, eq } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Access } from "../access/can";
import { db } from "../db";
import { mails } from "../db/schema/mails";
import { download, problem } from "../door";
import { visibleMails } from "./visible";

type Params = { id: string };

/** The browser runs and loads nothing of a mail, also when its address is opened outside of our frame. */
const POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src 'none'; form-action 'none'; " +
  "base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups";

const HEADERS = {
  "Content-Security-Policy": POLICY,
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "private, no-store",
};

/** @returns the mail as sanitised HTML for a sandboxed frame; one without HTML as its text. */
export async function mailBody(access: Access, _request: Request, { id }: Params): Promise<Response> {
  const mail = await visibleMail(access, id, { html: mails.html, text: mails.text, rawPurgedAt: mails.rawPurgedAt });
  if (!mail) return absent();
  if (mail.rawPurgedAt) return inline(textPage(goneSince(mail.rawPurgedAt)), "text/html; charset=utf-8");
  return inline(mail.html ?? textPage(mail.text), "text/html; charset=utf-8");
}

/** @returns the mail as plain text. */
export async function mailText(access: Access, _request: Request, { id }: Params): Promise<Response> {
  const mail = await visibleMail(access, id, { text: mails.text, rawPurgedAt: mails.rawPurgedAt });
  if (!mail) return absent();
  return inline(mail.rawPurgedAt ? goneSince(mail.rawPurgedAt) : mail.text, "text/plain; charset=utf-8");
}

/** @returns the message as it came, to be saved as a file. */
export async function mailSource(access: Access, _request: Request, { id }: Params): Promise<Response> {
  const mail = await visibleMail(access, id, { raw: mails.raw, rawPurgedAt: mails.rawPurgedAt });
  if (mail?.rawPurgedAt) return problem(410, goneSince(mail.rawPurgedAt));
  return mail ? download(new Uint8Array(mail.raw), `${id}.eml`, "message/rfc822") : absent();
}

async function visibleMail<Columns extends Record<string, PgColumn>>(access: Access, id: string, columns: Columns) {
  if (!z.uuid().safeParse(id).success) return null;
  const [mail] = await db()
    .select(columns)
    .from(mails)
    .where(and(eq(mails.id, id), visibleMails(access)));
  return mail ?? null;
}

const absent = (): Response => problem(404, "This mail does not exist.");

const goneSince = (moment: Date): string =>
  `What this mail said was deleted on ${moment.toISOString().slice(0, 10)}: mails are kept only for the time that the account has set.`;

const inline = (body: string, type: string): Response =>
  new Response(body, { headers: { ...HEADERS, "Content-Type": type } });

function textPage(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const style = "margin:8px;font:14px/1.4 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere";
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mail</title></head><body style="background:#fff;color:#111"><pre style="${style}">${escaped}</pre></body></html>`;
}
