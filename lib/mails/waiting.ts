import "server-only";
import { sql } from "drizzle-orm";
import { type Access, can } from "../access/can";
import { db } from "../db";
import { mails } from "../db/schema/mails";
import { inboxMails } from "./visible";

/** @returns how many mails wait in the Inbox, at most 1,000; 0 for a role that may not see them. */
export async function waitingMails(access: Access): Promise<number> {
  if (!can(access, "inbox.view")) return 0;
  const waiting = db().select({ id: mails.id }).from(mails).where(inboxMails(access)).limit(1000).as("waiting");
  const [row] = await db().select({ count: sql<number>`count(*)::int` }).from(waiting);
  return row?.count ?? 0;
}
