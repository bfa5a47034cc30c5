import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { mails } from "@/lib/db/schema/mails";
import { storeMail } from "@/lib/mails/store";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { deliver, mailOf, sampleMail, strangeMail, vzdumpMail } from "./support/mails";

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);

const actor = { id: null, name: "nightly", role: "Intake key", address: "192.0.2.9" };
const bring = (raw: Buffer) => storeMail({ raw, source: "intake", broughtBy: "nightly", actor });

test("the same message twice is one mail, also when both come at once", async () => {
  const raw = vzdumpMail({ id: "twice" });
  const both = await Promise.all([bring(raw), bring(raw)]);
  const third = await bring(raw);
  expect(new Set([...both, third].map(({ id }) => id)).size).toBe(1);
  expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
  expect(third.isNew).toBe(false);
  const entries = await db().select().from(auditEntries).where(eq(auditEntries.targetId, third.id));
  expect(entries).toMatchObject([{ action: "mail.receive", actor: "nightly", outcome: "done" }]);
});

test("a message without Message-ID is known by its bytes", async () => {
  const raw = Buffer.from("From: a@b.example\r\nSubject: no id\r\n\r\nText\r\n");
  expect((await bring(raw)).id).toBe((await bring(raw)).id);
  expect((await bring(Buffer.from(`${raw}\r\nMore`))).isNew).toBe(true);
});

test.each([
  ["nothing", Buffer.alloc(0), "is empty."],
  ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), "is not an e-mail message."],
  ["any text", Buffer.from("Shopping: milk\nand bread\n"), "is not an e-mail message."],
  ["25 MB and a byte", Buffer.alloc(25 * 1024 * 1024 + 1, "a"), "is larger than 25 MB."],
])("%s is not kept", async (_name, raw, sentence) => {
  const before = await db().$count(mails);
  await expect(bring(raw)).rejects.toThrow(sentence);
  expect(await db().$count(mails)).toBe(before);
});

test("what is stored is what came, and what was read of it", async () => {
  const raw = sampleMail("veeam/warning-german");
  const mail = await mailOf(await deliver(raw));
  expect(Buffer.from(mail.raw).equals(raw)).toBe(true);
  expect(mail).toMatchObject({
    kind: "run",
    parser: "veeam",
    attempts: 1,
    jobId: null,
    source: "intake",
    broughtBy: "nightly",
  });
  expect(mail.matchKey).toContain("veeam");
});

test("characters that a database refuses do not stop a mail", async () => {
  const mail = await mailOf(await deliver(Buffer.concat([strangeMail("NUL"), Buffer.from("a\0b \ud800")])));
  expect(mail.kind).toBe("unknown");
});
