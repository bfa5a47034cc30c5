import { z } from "zod";
import { fields } from "../form";

/** What the page of notifications sends. */

const MOST_RECIPIENTS = 50;
const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^[0-9a-f:]+$/i;

const host = z
  .string()
  .trim()
  .refine((text) => text === "" || HOST.test(text), "Enter a name such as mail.example.org, without https://.");

const address = z
  .string()
  .trim()
  .max(254, "At most 254 characters.")
  .refine((text) => text === "" || z.email().safeParse(text).success, "Enter one e-mail address.");

const recipients = z
  .string()
  .default("")
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))])
  .superRefine((list, context) => {
    const wrong = list.find((one) => !z.email().max(254).safeParse(one).success);
    if (wrong) context.addIssue({ code: "custom", message: `"${wrong.slice(0, 100)}" is not an e-mail address.` });
    if (list.length > MOST_RECIPIENTS)
      context.addIssue({ code: "custom", message: `At most ${MOST_RECIPIENTS} addresses.` });
  });

const url = z
  .string()
  .trim()
  .max(2000, "At most 2,000 characters.")
  .refine((text) => text === "" || isCallable(text), "Enter an address that begins with https:// or http://.");

export const outgoingSchema = z
  .object({
    version: fields.version,
    smtp_host: host,
    smtp_port: z.coerce
      .number("Enter a number.")
      .int("Enter a whole number.")
      .min(1, "1 to 65535.")
      .max(65_535, "1 to 65535."),
    smtp_security: z.enum(["starttls", "tls", "none"]),
    smtp_user: fields.optionalLine(),
    /** Empty: as it is stored. */
    smtp_password: z.string().max(500, "At most 500 characters.").default(""),
    from_address: address,
    ticket_recipients: recipients,
    alarm_recipients: recipients,
    webhook_url: url,
    webhook_secret: z.string().max(500, "At most 500 characters.").default(""),
  })
  .superRefine(({ smtp_host, from_address, webhook_secret }, context) => {
    if (smtp_host && !from_address)
      context.addIssue({ code: "custom", path: ["from_address"], message: "Enter the address that mails come from." });
    if (webhook_secret && webhook_secret.length < 16)
      context.addIssue({ code: "custom", path: ["webhook_secret"], message: "At least 16 characters." });
  });

export const testMailSchema = z.object({ to: z.email("Enter one e-mail address.").max(254) });

function isCallable(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password;
}
