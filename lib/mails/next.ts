import "server-only";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Access } from "../access/can";
import type { Executor } from "../db";
import { mails } from "../db/schema/mails";
import { inboxMails } from "./visible";

/**
 * Which mail one looks at after this one: the next older in the Inbox, else the newest.
 * @returns "/<id>" to be put behind the Inbox's address, or "" when no other is there.
 */
export async function nextInInbox(executor: Executor, access: Access, id: string): Promise<string> {
  const here = executor.select({ receivedAt: mails.receivedAt }).from(mails).where(eq(mails.id, id));
  const [next] = await executor
    .select({ id: mails.id })
    .from(mails)
    .where(and(inboxMails(access), ne(mails.id, id)))
    .orderBy(sql`(${mails.receivedAt}, ${mails.id}) < ((${here}), ${id}::uuid) desc`, sql`${mails.receivedAt} desc`)
    .limit(1);
  return next ? `/${next.id}` : "";
}
