import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { mails } from "../db/schema/mails";
import { isId } from "../ids";
import type { Evidence } from "../mail/parse/types";
import { visibleMails } from "./visible";

/** @returns the text of a mail that the role may read, and which of its words decided what; null for any other. */
export async function getReading(id: string): Promise<{ text: string; evidence: Evidence[] } | null> {
  const access = await requireRight("signed-in");
  if (!isId(id)) return null;
  const [mail] = await db()
    .select({
      text: mails.text,
      evidence: sql<Evidence[]>`coalesce(jsonb_path_query_array(${mails.parsed}, '$[*].evidence[*]'), '[]')`,
    })
    .from(mails)
    .where(and(eq(mails.id, id), visibleMails(access)));
  return mail ?? null;
}
