import "server-only";
import { eq, sql } from "drizzle-orm";
import { mailSources } from "../db/schema/sources";
import { type Stored, storeMail } from "../mails/store";
import { checkSender } from "./sender-check";
import type { Mailbox, Source } from "./types";

/**
 * Keeps a message of a mail source, and counts it.
 * @param address from where it came, for the audit log. @throws UserError for what is empty or too large.
 */
export async function takeMail(source: Source, raw: Buffer, address: string): Promise<Stored> {
  const { id, name, kind } = source;
  return storeMail({
    raw,
    source: kind,
    broughtBy: name,
    channelId: id,
    // Who brings mail to the listener was asked for the secret already: it stands in the envelope, not in the message.
    senderCheck: source.kind === "smtp" ? "passed" : checkSender(raw, trustOf(source)),
    actor: machineOf(source, address),
    also: async (tx, isNew) => {
      const counted = { mailCount: sql`${mailSources.mailCount} + 1`, lastMailAt: sql`now()` };
      if (isNew) await tx.update(mailSources).set(counted).where(eq(mailSources.id, id));
    },
  });
}

function trustOf({ options, secrets }: Mailbox) {
  const { authServId, needsRecipient } = options;
  return { authServId, recipient: needsRecipient ? (secrets.recipient ?? "") : null };
}

/** @returns who the audit log says did it. @param address from where, if that says anything. */
export const machineOf = ({ name }: Source, address: string) => ({ id: null, name, role: "Mail source", address });
