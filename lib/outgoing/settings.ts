import "server-only";
import type { z } from "zod";
import { UserError } from "../errors";
import type { outgoingSchema } from "./schema";
import { type Outgoing, sealSecret } from "./stored";

type Typed = z.output<typeof outgoingSchema>;

/**
 * @returns what will be stored: secrets that were not typed stay while they are still needed.
 * @throws UserError when the kept password would go to another server than the one it was entered for.
 */
export function nextSettings(before: Outgoing, typed: Typed): Omit<Outgoing, "id" | "version"> {
  const { smtp_host: smtpHost, smtp_user: smtpUser, webhook_url: webhookUrl } = typed;
  const keeps = typed.smtp_password === "" && before.smtpPassword !== "" && smtpUser !== "";
  if (keeps && (smtpHost.toLowerCase() !== before.smtpHost.toLowerCase() || smtpUser !== before.smtpUser))
    throw new UserError("The host or the user changed: enter the password again.", "smtp_password");
  return {
    smtpHost,
    smtpPort: typed.smtp_port,
    smtpSecurity: typed.smtp_security,
    smtpUser,
    smtpPassword: smtpUser === "" ? "" : kept(before, "smtpPassword", typed.smtp_password),
    fromAddress: typed.from_address,
    ticketRecipients: typed.ticket_recipients,
    alarmRecipients: typed.alarm_recipients,
    webhookUrl,
    webhookSecret: webhookUrl === "" ? "" : kept(before, "webhookSecret", typed.webhook_secret),
  };
}

const kept = (before: Outgoing, secret: "smtpPassword" | "webhookSecret", typed: string): string =>
  typed === "" ? before[secret] : sealSecret(secret, typed);

/** @returns the settings by label, for the audit log and for who is told of a conflict: no secrets. */
export const told = (settings: Omit<Outgoing, "id" | "version">): Record<string, string> => ({
  Host: settings.smtpHost,
  Port: String(settings.smtpPort),
  Security: settings.smtpSecurity,
  User: settings.smtpUser,
  Password: settings.smtpPassword ? "set" : "",
  From: settings.fromAddress,
  "Told about tickets": settings.ticketRecipients.join(", "),
  "Told about alarms": settings.alarmRecipients.join(", "),
  "Address to call": withoutQuery(settings.webhookUrl),
  Secret: settings.webhookSecret ? "set" : "",
});

/** Addresses of chat services carry their key in the path or the query: the log keeps neither. */
const withoutQuery = (url: string): string => (url === "" ? "" : new URL(url).origin);

/** @returns the sentence for who was about to overwrite what somebody else stored. */
export function changedMeanwhile(who: string, stored: Record<string, string>, typed: Record<string, string>): string {
  const other = Object.entries(stored).filter(([label, value]) => typed[label] !== value);
  const words = other.map(([label, value]) => `${label} ${value === "" ? "empty" : `"${value}"`}`).join("; ");
  return `${who} changed these settings meanwhile. Stored now: ${words || "the same as yours"}. Save again to store yours instead.`;
}
