import "server-only";
import { eq } from "drizzle-orm";
import { type Actor, auditDone } from "../audit";
import { type Tx, transaction } from "../db";
import { mails } from "../db/schema/mails";
import { readHead } from "../mail/parse/head";
import { checkMail, dedupeKey } from "./check";
import { storable } from "./storable";

type Incoming = {
  raw: Uint8Array;
  source: "upload" | "intake";
  /** A username or the name of an intake key. */
  broughtBy: string;
  actor: Actor;
  /** What is noted together with the mail, known or new. */
  also?: (tx: Tx) => Promise<void>;
};

/**
 * Keeps a message as it came, before anything looks into it. The same message twice is one mail, also at the same moment.
 * @returns the mail's id, and whether it was new. @throws UserError for what is empty, too large or no message at all.
 */
export async function storeMail({ raw, source, broughtBy, actor, also }: Incoming): Promise<Stored> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  checkMail(bytes);
  const key = dedupeKey(bytes);
  const { subject, fromAddress, fromName } = storable(readHead(bytes));
  const mail = { source, broughtBy, raw, sizeBytes: raw.length, dedupeKey: key, subject, fromAddress, fromName };
  return transaction(async (tx) => {
    const [stored] = await tx
      .insert(mails)
      .values({ ...mail, fromAddress: fromAddress.slice(0, 320) })
      .onConflictDoNothing({ target: mails.dedupeKey })
      .returning({ id: mails.id });
    await also?.(tx);
    if (!stored) return { id: await known(tx, key), isNew: false };
    const record = {
      action: "mail.receive",
      target: subject,
      targetId: stored.id,
      after: { source, bytes: raw.length },
    };
    await auditDone(tx, actor, [record]);
    return { id: stored.id, isNew: true };
  });
}

export type Stored = { id: string; isNew: boolean };

async function known(tx: Tx, key: string): Promise<string> {
  const [mail] = await tx.select({ id: mails.id }).from(mails).where(eq(mails.dedupeKey, key));
  if (!mail) throw new Error("A mail that is known cannot be found.");
  return mail.id;
}
