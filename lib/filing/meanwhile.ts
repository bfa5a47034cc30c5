import "server-only";
import { and, eq } from "drizzle-orm";
import type { Context } from "../action";
import { mails } from "../db/schema/mails";
import { ConflictError, UserError } from "../errors";
import { visibleMails } from "../mails/visible";

/** @returns why a mail is no longer in the Inbox, as a refusal for who still had it on screen. */
export async function whatHappened({ access, tx }: Context, id: string): Promise<UserError> {
  const { jobId, approvedBy, deletedBy } = mails;
  // Who has it open may know who took it, although Deleted Mails itself may be closed to them.
  const seen = await tx.select({ jobId, approvedBy, deletedBy }).from(mails).where(eq(mails.id, id));
  const [mail] = seen;
  if (mail?.deletedBy) return new ConflictError(`This mail has been deleted by ${mail.deletedBy} meanwhile.`);
  const covered = await tx
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.id, id), visibleMails(access)));
  if (!mail?.jobId || covered.length === 0) return new UserError("This mail is no longer in the Inbox.");
  if (mail.approvedBy) return new ConflictError(`This mail has been approved by ${mail.approvedBy} meanwhile.`);
  return new ConflictError("This mail has become a run of its job meanwhile.");
}
