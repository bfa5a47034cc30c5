/** What stands in `deliveries.content`. */

export type Attachment = { name: string; contentType: string; base64: string };

export type MailToSend = { to: string[]; subject: string; text: string; html?: string; attachments?: Attachment[] };

/** @param event such as "ticket.created". @param body plain data without secrets. */
export type WebhookToSend = { event: string; body: Record<string, unknown> };
