import "server-only";
import { and, asc, count, desc, eq, isNull, sql } from "drizzle-orm";
import { notFound } from "next/navigation";
import { requireRight } from "../access/guard";
import { db } from "../db";
import { mailRules } from "../db/schema/mail-rules";
import { mails } from "../db/schema/mails";
import { isId } from "../ids";
import { parsers } from "../mail/parsers/registry";
import { ruleParserId } from "../mail/rules/types";
import { readRule } from "./schema";

/** Over so many days matches are counted. */
export const COUNTED_DAYS = 30;

/** @returns the parsers of the product in the order they are asked, each with how many mails of the last 30 days it read. */
export async function listParsers() {
  await requireRight("settings.manage");
  const counts = await readLately();
  return parsers.map(({ id, software, recognisedBy, basis }) => ({
    ...{ id, software, recognisedBy, basis },
    mails: counts.get(id) ?? 0,
  }));
}

/** @returns the account's own rules in their order, each with how many mails of the last 30 days it read. */
export async function listRules() {
  await requireRight("settings.manage");
  const [rows, counts] = await Promise.all([
    db().select().from(mailRules).orderBy(asc(mailRules.position), asc(mailRules.id)),
    readLately(),
  ]);
  return rows.map((row) => ({ ...row, rule: readRule(row.rule), mails: counts.get(ruleParserId(row.id)) ?? 0 }));
}

export type ListedRule = Awaited<ReturnType<typeof listRules>>[number];

/** @returns one rule. Stops with 404 when there is none. */
export async function getRule(id: string) {
  await requireRight("settings.manage");
  if (!isId(id)) notFound();
  const [row] = await db().select().from(mailRules).where(eq(mailRules.id, id));
  return row ? { ...row, rule: readRule(row.rule) } : notFound();
}

/** Parts of a digest were read with it. */
async function readLately(): Promise<Map<string, number>> {
  const rows = await db()
    .select({ parser: mails.parser, mails: count() })
    .from(mails)
    .where(and(sql`${mails.receivedAt} > now() - make_interval(days => ${COUNTED_DAYS})`, isNull(mails.parentId)))
    .groupBy(mails.parser)
    .orderBy(desc(count()));
  return new Map(rows.map(({ parser, mails: read }) => [parser, read]));
}
