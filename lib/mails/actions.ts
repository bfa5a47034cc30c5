"use server";
import { and, asc, inArray, sql } from "drizzle-orm";
import { refresh } from "next/cache";
import { z } from "zod";
import { action, type Context } from "../action";
import { mails } from "../db/schema/mails";
import { UserError } from "../errors";
import { fields } from "../form";
import { nextInInbox } from "./next";
import { mailsLabel } from "./rules";
import { deletedMails, inboxMails } from "./visible";

/** The selected ones, or the one whose own button was pressed, whatever is selected. */
const chosen = z
  .object({ ids: fields.ids, one: fields.optionalId })
  .transform(({ ids, one }) => ({ ids: one ? [one] : ids }))
  .refine(({ ids }) => ids.length > 0, "Select at least one mail.");

/** Moves mails from the Inbox to Deleted Mails. */
export const deleteMails = action(
  "inbox.process",
  chosen,
  async (context, { ids }) => `${mailsLabel(await softDelete(context, ids))} moved to Deleted Mails.`,
  { name: "mail.delete" },
);

/** The same from the page of one mail: goes on to the next one. */
export const deleteMail = action(
  "inbox.process",
  z.object({ mail: fields.id }),
  async (context, { mail }) => {
    const next = await nextInInbox(context.tx, context.access, mail);
    const subjects = await softDelete(context, [mail]);
    const message = `${mailsLabel(subjects)} moved to Deleted Mails.`;
    // Without it the menu would go on showing the former number of waiting mails.
    return { message, redirectTo: `/inbox${next}?deleted=${mail}`, afterwards: async () => refresh() };
  },
  { name: "mail.delete" },
);

export const restoreMails = action(
  "deleted_mails.manage",
  chosen,
  async ({ access, tx, audit }, { ids }) => {
    const found = await lockedMails(tx, and(inArray(mails.id, ids), deletedMails(access)));
    await tx
      .update(mails)
      // A digest that was deleted before it was read has not been taken apart yet.
      .set({
        deletedAt: null,
        deletedBy: null,
        kind: sql`case when ${mails.kind} = 'digest' then 'waiting' else ${mails.kind} end`,
        attempts: sql`case when ${mails.kind} = 'digest' then 0 else ${mails.attempts} end`,
      })
      .where(inArray(mails.id, idsOf(found)));
    for (const { id, subject } of found) audit({ action: "mail.restore", target: subject, targetId: id });
    return `${mailsLabel(subjectsOf(found))} restored.`;
  },
  { name: "mail.restore" },
);

/** Deletes mails for good, with their source: nothing brings them back. The parts of a digest stay what they are. */
export const purgeMails = action(
  "deleted_mails.manage",
  chosen,
  async ({ access, tx, audit }, { ids }) => {
    const found = await lockedMails(tx, and(inArray(mails.id, ids), deletedMails(access)));
    await tx
      .update(mails)
      .set({ parentId: null })
      .where(inArray(mails.parentId, idsOf(found)));
    await tx.delete(mails).where(inArray(mails.id, idsOf(found)));
    for (const { id, subject, fromAddress, receivedAt } of found)
      audit({ action: "mail.purge", target: subject, targetId: id, before: { fromAddress, receivedAt } });
    return `${mailsLabel(subjectsOf(found))} deleted for good.`;
  },
  { name: "mail.purge" },
);

async function softDelete({ access, actor, tx, audit }: Context, ids: string[]): Promise<string[]> {
  const found = await lockedMails(tx, and(inArray(mails.id, ids), inboxMails(access)));
  await tx
    .update(mails)
    .set({ deletedAt: sql`now()`, deletedBy: actor.name })
    .where(inArray(mails.id, idsOf(found)));
  for (const { id, subject } of found) audit({ action: "mail.delete", target: subject, targetId: id });
  return subjectsOf(found);
}

/** In the order of their ids, as everybody locks mails. @throws UserError when none is left. */
async function lockedMails(tx: Context["tx"], where: ReturnType<typeof and>) {
  const { id, subject, fromAddress, receivedAt } = mails;
  const found = await tx
    .select({ id, subject, fromAddress, receivedAt })
    .from(mails)
    .where(where)
    .orderBy(asc(mails.id))
    .for("update");
  if (found.length === 0) throw new UserError("Somebody else was faster: these mails are no longer here.");
  return found;
}

const idsOf = (found: { id: string }[]): string[] => found.map(({ id }) => id);
const subjectsOf = (found: { subject: string }[]): string[] => found.map(({ subject }) => subject);
