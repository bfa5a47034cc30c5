import "server-only";
import { asc, isNull } from "drizzle-orm";
import type { Executor } from "../db";
import { mailRules } from "../db/schema/mail-rules";
import type { RuleSet } from "../mail/rules/types";
import { readRule } from "./schema";

/** @returns the rules in use, in their order. A few small rows; asked for each handful of mails. */
export async function rulesNow(executor: Executor): Promise<RuleSet> {
  const { id, name, rule, version } = mailRules;
  const rows = await executor
    .select({ id, name, rule, version })
    .from(mailRules)
    .where(isNull(mailRules.disabledAt))
    .orderBy(asc(mailRules.position), asc(mailRules.id));
  return {
    version: rows.map((row) => `${row.id} ${row.version}`).join(","),
    rules: rows.map((row) => ({ id: row.id, name: row.name, rule: readRule(row.rule) })),
  };
}
