import "server-only";
import type { Tx } from "../db";
import { deliveries } from "../db/schema/outgoing";
import { readSettings } from "./stored";
import type { MailToSend, WebhookToSend } from "./types";

/**
 * What it is about, in the list of deliveries: "Ticket T-1001 was resolved". Everybody who manages settings reads it,
 * whatever customers their role covers, so it names none of them.
 */
type About = { about: string };

/**
 * Writes a mail to send, in the caller's transaction; the task `send-deliveries` sends it soon.
 * Nothing is written while the account has no mail server, or without recipients.
 * @returns whether it will be sent.
 */
export async function enqueueMail(tx: Tx, { about, ...mail }: MailToSend & About): Promise<boolean> {
  const { smtpHost } = await readSettings(tx);
  if (!smtpHost || mail.to.length === 0) return false;
  await tx.insert(deliveries).values({ kind: "mail", about, content: mail });
  return true;
}

/**
 * Writes a call of the account's webhook, in the caller's transaction. Nothing is written while it has none.
 * @returns whether it will be called.
 */
export async function enqueueWebhook(tx: Tx, { about, ...call }: WebhookToSend & About): Promise<boolean> {
  const { webhookUrl } = await readSettings(tx);
  if (!webhookUrl) return false;
  await tx.insert(deliveries).values({ kind: "webhook", about, content: call });
  return true;
}
