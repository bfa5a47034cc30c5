import { UserError } from "../../errors";

/** What a machine sent, and the name of its key, for those that do not say who they are. */
export type Sent = { body: Buffer; contentType: string; keyName: string };

/** How one kind of machine reports: the types it may send, and the message that its report becomes. */
export type Webhook = {
  types: readonly string[];
  /** @throws UserError whose sentence goes on after "The message". */
  toMessage: (sent: Sent) => Buffer;
};

/** @throws UserError for what is no JSON object. */
export function readObject(body: Buffer): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body.toString("utf8"));
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new UserError("is not a JSON object.");
}

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
