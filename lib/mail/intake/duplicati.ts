import { UserError } from "../../errors";
import { buildMessage, hostName } from "./message";
import { readObject, textOf, type Webhook } from "./webhook";

const FORM = "application/x-www-form-urlencoded";

/**
 * Duplicati's HTTP report: a form with the text in the field `message`, or its JSON ({ Data, Extra, ... }). In the text
 * the first line names operation and backup: "Duplicati Backup report for photos", in newer versions with the machine.
 */
export const duplicati: Webhook = {
  types: [FORM, "application/json"],
  toMessage: ({ body, contentType, keyName }) =>
    contentType === FORM ? fromText(fieldOf(body), keyName) : fromJson(body, keyName),
};

function fieldOf(body: Buffer): string {
  const text = new URLSearchParams(body.toString("utf8")).get("message") ?? "";
  if (!text.trim()) throw new UserError("needs a field “message” with the report.");
  return text;
}

function fromText(text: string, keyName: string): Buffer {
  if (text.trimStart().startsWith("{")) return fromJson(Buffer.from(text), keyName);
  const [first = "", ...rest] = text.trim().split(/\r?\n/);
  const heading = /^duplicati \S+ report for .+$/i.exec(first.trim())?.[0];
  const machine = /\s*\(([^(),]*), *([^(),]*), *([^(),]*)\)$/.exec(heading ?? "");
  return report({
    subject: heading?.slice(0, machine?.index) ?? "Duplicati report",
    text: heading ? rest.join("\n").trim() : text,
    machine: machine?.[3] ?? "",
    keyName,
  });
}

function fromJson(body: Buffer, keyName: string): Buffer {
  const all = readObject(body);
  if (typeof all.message === "string") return fromText(all.message, keyName);
  const extra = typeof all.Extra === "object" && all.Extra !== null ? (all.Extra as Record<string, unknown>) : {};
  if (typeof all.Data !== "object" && all.Exception === undefined) throw new UserError("is not a report of Duplicati.");
  const name = textOf(extra["backup-name"]);
  const operation = textOf(extra.OperationName) || "Backup";
  return report({
    subject: name ? `Duplicati ${operation} report for ${name}` : "Duplicati report",
    text: JSON.stringify(all),
    machine: textOf(extra["machine-name"]),
    keyName,
  });
}

/** Reports without an end are told apart by when they came: two that say the same may be two. */
function report({
  subject,
  text,
  machine,
  keyName,
}: {
  subject: string;
  text: string;
  machine: string;
  keyName: string;
}) {
  return buildMessage({
    from: { name: "Duplicati", address: `duplicati@${hostName(machine, keyName)}` },
    subject,
    text,
    at: new Date(),
    identity: /\bEndTime\b/.test(text) ? JSON.stringify([keyName, subject, text]) : null,
  });
}
