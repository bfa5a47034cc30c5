import "server-only";
import type { Executor } from "../db";
import { outgoing } from "../db/schema/outgoing";
import { seal, unseal } from "../secrets";

export type Outgoing = typeof outgoing.$inferSelect;

/** @returns how the account sends; its two secrets are sealed. */
export async function readSettings(executor: Executor): Promise<Outgoing> {
  const [row] = await executor.select().from(outgoing);
  if (!row) throw new Error("The row of outgoing settings is missing.");
  return row;
}

/** @returns whom the account wants to be told about tickets, and about sources that fell silent. */
export async function recipientsOf(executor: Executor): Promise<{ tickets: string[]; alarms: string[] }> {
  const { ticketRecipients, alarmRecipients } = await readSettings(executor);
  return { tickets: ticketRecipients, alarms: alarmRecipients };
}

const purposes = { smtpPassword: "outgoing mail password", webhookSecret: "webhook secret" } as const;
type Secret = keyof typeof purposes;

export const sealSecret = (secret: Secret, text: string): string => seal(text, purposes[secret]);

/** @returns the secret; "" when there is none. @throws Error in words when it was sealed with another key. */
export function openSecret(settings: Outgoing, secret: Secret): string {
  if (!settings[secret]) return "";
  const text = unseal(settings[secret], purposes[secret]);
  if (text === null) throw new Error("The stored secret cannot be opened with the key of this server. Enter it again.");
  return text;
}
