import { expect, test } from "vitest";
import { parseMail } from "@/lib/mail/parse/parse";
import { readMail, tryOut } from "@/lib/mail/read";
import { compilePattern, PatternError } from "@/lib/mail/rules/patterns";
import { tryRule } from "@/lib/mail/rules/try";
import { emptyRule, type MailRule, type RuleSet, type StoredRule } from "@/lib/mail/rules/types";
import { sampleMail } from "./support/mails";

const now = "2026-11-22T06:00:00.000Z";
const free = { check: () => {} };

const rule = (change: Partial<MailRule>, name = "NAS"): StoredRule => ({
  id: `id of ${name}`,
  name,
  rule: {
    ...emptyRule,
    conditions: [{ field: "subject", comparison: "starts", text: "[nas]" }],
    words: { failed: ["went wrong"], warning: ["with hints"], success: ["went well"] },
    jobName: { from: "subject", text: "task “([^”]+)”" },
    software: "NAS tool",
    ...change,
  },
});
const setOf = (...rules: StoredRule[]): RuleSet => ({ version: JSON.stringify(rules), rules });

const message = (subject: string, body = "", from = "Nas <nas@acme.example>"): Buffer =>
  Buffer.from(
    `From: ${from}\r\nDate: Sun, 22 Nov 2026 05:00:00 +0000\r\nSubject: =?utf-8?B?${Buffer.from(subject).toString("base64")}?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`,
  );
const read = (subject: string, body: string, ...rules: StoredRule[]) =>
  parseMail(message(subject, body), now, setOf(...rules));

test("a rule reads a mail that no parser knows, with the words it goes by", async () => {
  const mail = await read(
    "[NAS] task “Photos” went well",
    "All fine.",
    rule({ host: { from: "sender", text: "^(\\w+)@" } }),
  );
  expect(mail).toMatchObject({ kind: "run", parser: "rule:id of NAS" });
  expect(mail.runs[0]).toMatchObject({
    ...{ status: "success", jobName: "Photos", host: "nas", software: "NAS tool", message: null },
    matchKey: "nas tool|nas|Photos|backup",
    evidence: expect.arrayContaining([
      { field: "status", text: "[NAS] task “Photos” went well" },
      { field: "jobName", text: "task “Photos”" },
    ]),
  });
});

test.each([
  ["the worst word counts", "went well, but disk 2 went wrong", "failed"],
  ["a warning is no success", "went well, with hints", "warning"],
  ["no word is no success", "came to an end", "unknown"],
  ["part of a word is not the word", "unwent wellness", "unknown"],
  ["a denied success is none", "not went well", "unknown"],
  ["a subject that speaks of a failure is no success", "[Failed] went well", "unknown"],
])("%s", async (_what, said, status) => {
  const mail = await read(`[nas] task “Photos” ${said}`, "", rule({}));
  expect(mail.runs[0]?.status).toBe(status);
  expect(mail.kind).toBe(status === "unknown" ? "unknown" : "run");
});

test.each([
  ["contains", "photos", true],
  ["starts", "[NAS]  task", true],
  ["ends", "WENT WELL", true],
  ["is", "[nas] task “photos” went well", true],
  ["is", "[nas] task", false],
  ["matches", "^\\[nas\\] task .* well$", true],
  ["matches", "^task", false],
] as const)("a subject that %s %s", async (comparison, text, holds) => {
  const conditions = [{ field: "subject", comparison, text } as const];
  const mail = await read("[NAS] task “Photos” went well", "Backup", rule({ conditions }));
  expect(mail.parser === "rule:id of NAS").toBe(holds);
});

test("all conditions must hold, or any of them; without one none does", async () => {
  const conditions = [
    { field: "sender", comparison: "is", text: "NAS@acme.example" },
    { field: "body", comparison: "contains", text: "nowhere" },
  ] as const;
  const by = async (change: Partial<MailRule>) => (await read("task “A” went well", "text", rule(change))).parser;
  expect(await by({ when: "any", conditions: [...conditions] })).toBe("rule:id of NAS");
  expect(await by({ when: "all", conditions: [...conditions] })).not.toBe("rule:id of NAS");
  expect(await by({ when: "all", conditions: [] })).not.toBe("rule:id of NAS");
  expect(await by({ conditions: [{ field: "body", comparison: "contains", text: " " }] })).not.toBe("rule:id of NAS");
});

test("rules come after the parsers of products and before the general one, unless they are marked to come first", async () => {
  const everything = { conditions: [{ field: "sender", comparison: "contains", text: "" }] } as Partial<MailRule>;
  const any = [{ field: "subject", comparison: "matches", text: "." }] as const;
  const last = rule({ ...everything, conditions: [...any] }, "last");
  const first = rule({ ...everything, conditions: [...any], isFirst: true }, "first");
  const veeam = sampleMail("veeam/success-us");
  expect((await parseMail(veeam, now, setOf(last))).parser).toBe("veeam");
  expect((await parseMail(veeam, now, setOf(last, first))).parser).toBe("rule:id of first");
  const strange = message("Backup of everything: success");
  expect((await parseMail(strange, now)).parser).toBe("generic");
  expect((await parseMail(strange, now, setOf(last))).parser).toBe("rule:id of last");
});

test("a rule may say that mails are no result", async () => {
  expect(await read("[nas] task started", "", rule({ isResult: false }))).toMatchObject({ kind: "info", runs: [] });
});

test("a forwarded mail is read like the mail itself, and a customer that it names is part of what it is known by", async () => {
  const customer = { from: "body", text: "^site: (.+)$" } as const;
  const mail = await read("Fwd: [nas] task “Photos” went well", "Site: Acme\nfine", rule({ customer }));
  expect(mail.runs[0]).toMatchObject({ customer: "Acme", matchKey: "nas tool|acme/nas@acme.example|Photos|backup" });
});

test.each([
  ["(a", "A bracket ( is not closed."],
  ["[a", "A bracket [ is not closed."],
  ["a)", "There is a bracket ) too many."],
  ["*a", "A sign of repetition (* + ?) has nothing to repeat."],
  ["a{2000}", "A number in curly brackets is too large."],
  ["(?=a)", "Looking ahead or behind cannot be used here."],
  ["(a)(b)", "Use one pair of brackets, around the part you want. Write (?: for others."],
  ["x".repeat(501), "At most 500 characters."],
  ["(?:\\p{L}{900}|a{900}|b{900})", "The pattern is too large. Use smaller numbers in curly brackets."],
])("the pattern %.20s is refused in words", (source, sentence) => {
  expect(() => compilePattern(source)).toThrow(new PatternError(sentence));
});

test("patterns find the part in brackets, or all of it, also far behind and over the ends of pieces", () => {
  const long = `${"nothing here \n".repeat(9000)}task: Photos\n`;
  expect(compilePattern("^task: (\\w+)$").find(long, free)).toEqual({ text: "task: Photos", part: "Photos" });
  expect(compilePattern("^task:").find(long, free)).toEqual({ text: "task:", part: "task:" });
  expect(compilePattern("absent").find(long, free)).toBeNull();
  for (let shift = 0; shift < 40; shift += 7) {
    const around = `${"x".repeat(1900 + shift)} job 42 ${"y".repeat(9000)}`;
    expect(compilePattern("(?:a{0,900}){1}job (\\d+)").find(around, free)?.part, `${shift}`).toBe("42");
  }
});

test("no pattern can hang the reading of mails: what took too long is unknown, whatever else would read it", async () => {
  const evil = "(?:(?:a|b)?(?:1| )?){0,250}c$";
  const slow = rule({ conditions: [{ field: "body", comparison: "matches", text: evil }] }, "slow");
  const started = performance.now();
  const mail = await readMail(message("Backup success", "ab1 ".repeat(45_000)), now, setOf(slow));
  expect(performance.now() - started).toBeLessThan(8000);
  expect(mail).toMatchObject({ kind: "unknown", parser: "rule:id of slow" });
  expect(mail.runs[0]).toMatchObject({ status: "unknown", message: "The rule “slow” took too long." });
  const tried = await tryOut({ rule: slow, mails: [stored("slow", "ab1 ".repeat(45_000))] });
  expect(tried?.[0]?.outcome ?? "slow").toBe("slow");
}, 30_000);

const stored = (subject: string, text: string) => ({
  ...{ id: subject, subject, text, fromAddress: "nas@acme.example", fromName: "Nas", sentAt: null, receivedAt: now },
});

test("a trial tells for each mail what would come out", async () => {
  const mails = [
    stored("[nas] task “Photos” went wrong", "Disk full"),
    stored("Fwd: [nas] task “Music” went well", ""),
    stored("Newsletter", "went well"),
  ];
  expect(await tryOut({ rule: rule({}), mails })).toMatchObject([
    { outcome: { run: { jobName: "Photos", status: "failed" } } },
    { outcome: { run: { jobName: "Music", status: "success" } } },
    { outcome: "no" },
  ]);
  expect(tryRule({ rule: rule({ isResult: false }), mails })[0]?.outcome).toBe("info");
});

test("a stored rule that is not understood any more is left out; the others go on", async () => {
  const broken = rule({ conditions: [{ field: "subject", comparison: "matches", text: "(" }] }, "broken");
  expect((await read("[nas] task “Photos” went well", "", broken, rule({}))).parser).toBe("rule:id of NAS");
});
