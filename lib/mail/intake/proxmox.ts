import { z } from "zod";
import { UserError } from "../../errors";
import { buildMessage, hostName } from "./message";
import { readObject, type Webhook } from "./webhook";

const names = z.record(z.string(), z.unknown());
const schema = z.object({
  title: z.string().max(10_000),
  message: z.string(),
  severity: z.string().max(100).optional(),
  timestamp: z.coerce.number().min(0).max(253_402_300_799).optional(),
  fields: names.default({}),
});

/**
 * The webhook target of Proxmox VE and Proxmox Backup Server, with a body of title, message, severity, timestamp
 * (seconds since 1970) and fields (type, hostname, job-id): the notification becomes the mail that would have been sent.
 */
export const proxmox: Webhook = {
  types: ["application/json", "text/plain", ""],
  toMessage({ body, keyName }) {
    const parsed = schema.safeParse(readObject(body));
    if (!parsed.success) throw new UserError("needs at least title and message, as text.");
    const { title, message, severity = "", timestamp, fields } = parsed.data;
    const field = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
    const host = hostName(field("hostname") || (/\(([^)]{1,255})\)/.exec(title)?.[1] ?? ""), keyName);
    const job = field("job-id");
    const isBackup = field("type") === "vzdump" || /^vzdump /i.test(title);
    return buildMessage({
      from: { name: isBackup ? "vzdump backup tool" : "Proxmox", address: `root@${host}` },
      subject: title,
      text: message,
      at: timestamp === undefined ? new Date() : new Date(timestamp * 1000),
      identity: timestamp === undefined ? null : JSON.stringify([keyName, title, message, timestamp, fields]),
      heads: { ...(job && { "X-Proxmox-Job-Id": job }), ...(severity && { "X-Proxmox-Severity": severity }) },
    });
  },
};
