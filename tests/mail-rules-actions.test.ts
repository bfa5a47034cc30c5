import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { mailRules } from "@/lib/db/schema/mail-rules";
import { answerTrial, type TrialAnswer } from "@/lib/filing/try-rule";
import { emptyRule, type MailRule } from "@/lib/mail/rules/types";
import { addRule, deleteRule, disableRule, enableRule, moveRule, updateRule } from "@/lib/mail-rules/actions";
import { getRule, listParsers, listRules } from "@/lib/mail-rules/queries";
import { accessOf, actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { deliver, mailOf, vzdumpMail } from "./support/mails";
import { addRole } from "./support/roles";

let ada: Person;
let oto: Person;
beforeAll(async () => {
  await openTestDatabase();
  [ada, oto] = [await person("ada", "Admin"), await person("oto", "Operator")];
});
afterAll(closeTestDatabase);

const nas = (change: Partial<MailRule> = {}): string =>
  JSON.stringify({
    ...emptyRule,
    conditions: [{ field: "subject", comparison: "contains", text: "nas-tool" }],
    words: { failed: ["broke"], warning: [], success: ["done", " done ", ""] },
    jobName: { from: "subject", text: "job (\\w+)" },
    ...change,
  } satisfies MailRule);
const nasMail = (said: string) =>
  Buffer.from(
    `From: nas@acme.example\r\nSubject: nas-tool: job photos ${said}\r\nMessage-ID: <${crypto.randomUUID()}@x>\r\n\r\nText\r\n`,
  );

async function stored(name: string) {
  const [row] = await db().select().from(mailRules).where(eq(mailRules.name, name));
  if (!row) throw new Error(`There is no rule ${name}.`);
  return row;
}
const names = async () =>
  (await db().select().from(mailRules).orderBy(asc(mailRules.position))).map(({ name }) => name);
const added = async (name: string, rule = nas()) =>
  expect(await submit(ada, addRule, { name, rule }).catch((error: unknown) => error)).toBeInstanceOf(Interrupt);

test("a rule reads the mails that come after it was added, until it is disabled", async () => {
  const before = await deliver(nasMail("done"));
  expect((await mailOf(before)).parser).not.toMatch(/^rule:/);
  await added("NAS");
  const { id, rule } = await stored("NAS");
  expect(rule).toMatchObject({ words: { success: ["done"] }, jobType: "backup" });
  const mail = await mailOf(await deliver(nasMail("done")));
  expect(mail).toMatchObject({ parser: `rule:${id}`, kind: "run" });
  expect(mail.matchKey).toContain("|photos|backup");
  actAs(ada);
  expect((await listRules())[0]).toMatchObject({ name: "NAS", mails: 1 });
  expect(await submit(ada, disableRule, { id })).toMatchObject({ status: "done" });
  expect((await mailOf(await deliver(nasMail("broke")))).parser).not.toBe(`rule:${id}`);
  expect(await submit(ada, disableRule, { id })).toMatchObject({ message: "NAS is disabled already." });
  expect(await submit(ada, enableRule, { id })).toMatchObject({ status: "done" });
  expect((await mailOf(await deliver(nasMail("broke")))).parser).toBe(`rule:${id}`);
  const entries = await db().select().from(auditEntries).where(eq(auditEntries.targetId, id));
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["mail_rule.create", "mail_rule.disable", "mail_rule.enable"]),
  );
});

test("a rule that was changed reads the next mail as it is now", async () => {
  const { id, version } = await stored("NAS");
  const rule = nas({ words: { failed: [], warning: ["done"], success: [] } });
  await submit(ada, updateRule, { id, version, name: "NAS", rule }).catch(() => {});
  const mail = await mailOf(await deliver(nasMail("done")));
  expect((mail.parsed as { status: string }[])[0]?.status).toBe("warning");
});

test("what is wrong with a rule stands at its field", async () => {
  const wrong = nas({
    conditions: [
      { field: "subject", comparison: "contains", text: " " },
      { field: "body", comparison: "matches", text: "(" },
    ],
    words: { failed: [], warning: [], success: [" "] },
    host: { from: "body", text: "" },
  });
  expect(await submit(ada, addRule, { name: "", rule: wrong })).toMatchObject({ errors: { name: "Enter a name." } });
  expect((await submit(ada, addRule, { name: "Wrong", rule: wrong })).errors).toEqual({
    "conditions.0": "Enter a text.",
    "conditions.1": "A bracket ( is not closed.",
    "words.success": "Enter words of at least one status, or every result is unknown.",
    host: "Enter a pattern.",
  });
  expect((await submit(ada, addRule, { name: "None", rule: nas({ conditions: [] }) })).errors).toEqual({
    conditions: "Add at least one condition.",
  });
  expect((await submit(ada, addRule, { name: "Junk", rule: "{" })).errors.rule).toBeTruthy();
  expect((await submit(ada, addRule, { name: "NAS", rule: nas() })).errors).toEqual({
    name: "A rule of this name exists.",
  });
});

test("the second of two who change a rule is told what the first stored", async () => {
  const { id, version } = await stored("NAS");
  await submit(ada, updateRule, { id, version, name: "NAS", rule: nas() }).catch(() => {});
  const late = await submit(ada, updateRule, { id, version, name: "NAS 2", rule: nas({ when: "any" }) });
  expect(late.message).toContain("ada changed this");
  expect(late.message).toContain('Stored now: Name "NAS"');
});

test("rules are put in order, and deleted", async () => {
  await added("Second");
  await added("Third");
  const [first, third] = [await stored("NAS"), await stored("Third")];
  expect(await submit(ada, moveRule, { id: third.id, way: "up" })).toMatchObject({ status: "done" });
  expect(await names()).toEqual(["NAS", "Third", "Second"]);
  expect(await submit(ada, moveRule, { id: first.id, way: "up" })).toMatchObject({ message: "NAS is first already." });
  expect(await submit(ada, deleteRule, { id: third.id })).toMatchObject({ message: "Rule Third was deleted." });
  expect(await submit(ada, deleteRule, { id: third.id })).toMatchObject({ status: "refused" });
  expect(await names()).toEqual(["NAS", "Second"]);
});

test("a draft is tried on mails of the Inbox, and stores nothing", async () => {
  const known = await deliver(vzdumpMail({ host: "nas-tool" }));
  const count = await db().$count(mailRules);
  const tryDraft = async (rule: string, who = ada) => {
    const body = JSON.stringify({ rule, mail: null });
    const request = new Request("http://localhost/api/mail-rules/try", { method: "POST", body });
    return (await (await answerTrial(await accessOf(who), request)).json()) as TrialAnswer;
  };
  const answer = await tryDraft(nas());
  if (!("rows" in answer)) throw new Error(JSON.stringify(answer));
  const outcomes = new Map(answer.rows.map((row) => [row.subject, row.outcome]));
  expect(outcomes.get("nas-tool: job photos broke")).toMatchObject({ run: { status: "failed", jobName: "photos" } });
  expect(answer.rows.find(({ id }) => id === known)).toMatchObject({ readBy: "vzdump" });
  expect(await tryDraft(nas({ host: { from: "body", text: "(" } }))).toEqual({
    faults: { host: "A bracket ( is not closed." },
  });
  expect(await db().$count(mailRules)).toBe(count);
  await addRole("Settings only", ["settings.manage"]);
  const blind = await tryDraft(nas(), await person("blind", "Settings only"));
  expect(blind, "who may not read the Inbox is shown none of it").toEqual({ rows: [] });
});

test("rules are for who manages settings", async () => {
  const { id, version } = await stored("NAS");
  for (const [act, values] of [
    [addRule, { name: "Mine", rule: nas() }],
    [updateRule, { id, version, name: "Mine", rule: nas() }],
    [moveRule, { id, way: "down" }],
    [disableRule, { id }],
    [deleteRule, { id }],
  ] as const)
    await expect(submit(oto, act, values)).rejects.toEqual(new Interrupt("forbidden"));
  actAs(oto);
  for (const ask of [listRules, listParsers, () => getRule(id)])
    await expect(ask()).rejects.toEqual(new Interrupt("forbidden"));
});

test("a rule that an older version stored can still be opened", async () => {
  const { id } = await stored("Second");
  await transaction((tx) => tx.update(mailRules).set({ rule: {} }).where(eq(mailRules.id, id)));
  actAs(ada);
  expect((await getRule(id)).rule).toMatchObject({ when: "all", words: { failed: [] } });
  expect((await listParsers()).map(({ id: parser }) => parser).at(-1)).toBe("generic");
});
