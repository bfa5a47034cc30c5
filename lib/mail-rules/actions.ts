"use server";
import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { action, type Context } from "../action";
import { conflictOver } from "../conflicts";
import { mailRules } from "../db/schema/mail-rules";
import { UserError } from "../errors";
import { fields } from "../form";
import { editedRuleSchema, newRuleSchema, readRule } from "./schema";
import { ruleInWords } from "./words";

const byId = z.object({ id: fields.id });

export const addRule = action(
  "settings.manage",
  newRuleSchema,
  async ({ tx, actor, audit }, { name, rule }) => {
    const all = await lockedRules(tx);
    const position = Math.max(0, ...all.map((one) => one.position)) + 1;
    const [added] = await tx
      .insert(mailRules)
      .values({ name, rule, position, createdBy: actor.name })
      .returning({ id: mailRules.id });
    audit({ action: "mail_rule.create", target: name, targetId: added?.id, after: { name, ...rule } });
    return { message: `Rule ${name} was added.`, redirectTo: "/settings/parsers?stored=1" };
  },
  { name: "mail_rule.create" },
);

export const updateRule = action(
  "settings.manage",
  editedRuleSchema,
  async ({ tx, audit }, { id, version, name, rule }) => {
    const stored = ruleOf(await lockedRules(tx), id);
    const before = readRule(stored.rule);
    if (stored.version !== version) {
      const told = { Name: stored.name, ...ruleInWords(before) };
      throw await conflictOver(tx, { what: "mail_rule", id }, told, { Name: name, ...ruleInWords(rule) });
    }
    await tx
      .update(mailRules)
      .set({ name, rule, version: sql`${mailRules.version} + 1` })
      .where(eq(mailRules.id, id));
    const record = { before: { name: stored.name, ...before }, after: { name, ...rule } };
    audit({ action: "mail_rule.update", target: name, targetId: id, ...record });
    return { message: `Rule ${name} was saved.`, redirectTo: "/settings/parsers?stored=1" };
  },
  { name: "mail_rule.update" },
);

export const disableRule = action("settings.manage", byId, (context, { id }) => turn(context, id, true), {
  name: "mail_rule.disable",
});

export const enableRule = action("settings.manage", byId, (context, { id }) => turn(context, id, false), {
  name: "mail_rule.enable",
});

export const deleteRule = action(
  "settings.manage",
  byId,
  async ({ tx, audit }, { id }) => {
    const { name, rule } = ruleOf(await lockedRules(tx), id);
    await tx.delete(mailRules).where(eq(mailRules.id, id));
    audit({ action: "mail_rule.delete", target: name, targetId: id, before: { name, ...readRule(rule) } });
    return `Rule ${name} was deleted.`;
  },
  { name: "mail_rule.delete" },
);

/** Changes places with the rule before or after it. */
export const moveRule = action(
  "settings.manage",
  z.object({ id: fields.id, way: z.enum(["up", "down"]) }),
  async ({ tx, audit }, { id, way }) => {
    const all = await lockedRules(tx);
    const own = ruleOf(all, id);
    const other = all[all.indexOf(own) + (way === "up" ? -1 : 1)];
    if (!other) throw new UserError(`${own.name} is ${way === "up" ? "first" : "last"} already.`);
    const order = all.map((one) => (one === own ? other : one === other ? own : one));
    for (const [position, one] of order.entries())
      await tx
        .update(mailRules)
        .set({ position: position + 1, version: sql`${mailRules.version} + 1` })
        .where(eq(mailRules.id, one.id));
    const places = { before: all.indexOf(own) + 1, after: order.indexOf(own) + 1 };
    audit({ action: "mail_rule.move", target: own.name, targetId: id, ...places });
    return `${own.name} is asked ${way === "up" ? "before" : "after"} ${other.name}.`;
  },
  { name: "mail_rule.move" },
);

async function turn({ tx, audit }: Context, id: string, off: boolean): Promise<string> {
  const { name, disabledAt } = ruleOf(await lockedRules(tx), id);
  if (off === (disabledAt !== null)) throw new UserError(`${name} is ${off ? "disabled" : "in use"} already.`);
  await tx
    .update(mailRules)
    .set({ disabledAt: off ? sql`now()` : null, version: sql`${mailRules.version} + 1` })
    .where(eq(mailRules.id, id));
  audit({ action: off ? "mail_rule.disable" : "mail_rule.enable", target: name, targetId: id });
  return off ? `Rule ${name} reads no mail any more.` : `Rule ${name} is in use again.`;
}

/** All of them, in their order: there are few, and their order is theirs together. */
const lockedRules = (tx: Context["tx"]) =>
  tx.select().from(mailRules).orderBy(asc(mailRules.position), asc(mailRules.id)).for("update");

function ruleOf(all: Awaited<ReturnType<typeof lockedRules>>, id: string) {
  const found = all.find((one) => one.id === id);
  if (!found) throw new UserError("This rule does not exist any more.");
  return found;
}
