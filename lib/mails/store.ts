import "server-only";
import { eq } from "drizzle-orm";
import { type Actor, auditDone } from "../audit";
import { type Tx, transaction } from "../db";
import { mails } from "../db/schema/mails";
import { readHead } from "../mail/parse/head";
import { headOf } from "../mail/parse/unreadable";
import { checkShape, checkSize, dedupeKey } from "./check";
import { storable } from "./storable";

type Incoming = {
  raw: Uint8Array;
  source: MailSource;
  /** A username, the name of an intake key or of a mail source. */
  broughtBy: string;
  /** The intake key or mail source. */
  channelId?: string;
  senderCheck?: typeof mails.$inferInsert.senderCheck;
  actor: Actor;
  /** What is noted together with the mail, known or new. */
  also?: (tx: Tx, isNew: boolean) => Promise<void>;
};

/** Where messages come in; "digest" and "sample" are made here. */
type MailSource = Exclude<typeof mails.$inferInsert.source, "digest" | "sample">;

/** Who delivered these was told 250, or moves them out of the way: whatever it is, it is kept. */
const KEEPS_ANYTHING: ReadonlySet<MailSource> = new Set(["imap", "graph", "smtp"]);

/**
 * Keeps a message as it came, before anything looks into it. The same message twice is one mail, also at the same moment.
 * @returns the mail's id, and whether it was new. @throws UserError for what is empty, too large or no message at all.
 */
export async function storeMail(incoming: Incoming): Promise<Stored> {
  const { raw, source, broughtBy, channelId, senderCheck, actor, also } = incoming;
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  checkSize(bytes);
  if (!KEEPS_ANYTHING.has(source)) checkShape(bytes);
  const key = dedupeKey(bytes);
  const { subject, fromAddress, fromName } = storable(headOf(readHead(bytes)));
  const brought = { source, broughtBy, channelId, senderCheck };
  const mail = { ...brought, raw, sizeBytes: raw.length, dedupeKey: key, subject, fromAddress, fromName };
  return transaction(async (tx) => {
    const [stored] = await tx
      .insert(mails)
      .values({ ...mail, fromAddress: fromAddress.slice(0, 320) })
      .onConflictDoNothing({ target: mails.dedupeKey })
      .returning({ id: mails.id });
    await also?.(tx, stored !== undefined);
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
