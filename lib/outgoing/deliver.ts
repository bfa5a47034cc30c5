import "server-only";
import type { deliveries } from "../db/schema/outgoing";
import { env } from "../env";
import { callWebhook } from "./call-webhook";
import { sendMail } from "./send-mail";
import { type Outgoing, openSecret } from "./stored";
import type { MailToSend, WebhookToSend } from "./types";

type Delivery = Pick<typeof deliveries.$inferSelect, "id" | "kind" | "content" | "createdAt">;

/** Sends one delivery now. @returns what is worth saying although it was taken, or null. @throws Error in words. */
export async function deliver(settings: Outgoing, { id, kind, content, createdAt }: Delivery): Promise<string | null> {
  if (kind === "mail") {
    const refused = await sendMail(settings, content as MailToSend, id);
    return refused.length > 0 ? `Not taken for ${refused.join(", ")}.` : null;
  }
  const { webhookUrl: url } = settings;
  if (!url) throw new Error("No address to call is set.");
  const { event, body } = content as WebhookToSend;
  await callWebhook({
    url,
    secret: openSecret(settings, "webhookSecret"),
    deliveryId: id,
    body: JSON.stringify({ id, event, at: createdAt.toISOString(), data: body }),
    allowPrivate: env().ALLOW_PRIVATE_WEBHOOKS === "1",
  });
  return null;
}
