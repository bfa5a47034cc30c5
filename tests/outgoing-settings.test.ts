import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { deliveries, outgoing } from "@/lib/db/schema/outgoing";
import { readListQuery, type SearchParams } from "@/lib/list";
import { retryDelivery, sendTestCall, sendTestMail, updateOutgoing } from "@/lib/outgoing/actions";
import { type DeliverySort, deliveryFilters, getOutgoing, listDeliveries } from "@/lib/outgoing/queries";
import { openSecret, readSettings } from "@/lib/outgoing/stored";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

let ada: Person;
let bea: Person;
let oto: Person;

beforeAll(async () => {
  await openTestDatabase();
  [ada, bea] = [await person("ada", "Admin"), await person("bea", "Admin")];
  oto = await person("oto", "Operator");
});
afterAll(closeTestDatabase);
beforeEach(async () => {
  await transaction(async (tx) => {
    await tx.delete(deliveries);
    await tx.delete(outgoing);
    await tx.insert(outgoing).values({ id: 1 });
  });
});

const typed = {
  version: "1",
  smtp_host: "mail.example.org",
  smtp_port: "587",
  smtp_security: "starttls",
  smtp_user: "desk",
  smtp_password: "pass-phrase-1",
  from_address: "desk@example.org",
  ticket_recipients: "a@example.org\nb@example.org; a@example.org",
  alarm_recipients: "",
  webhook_url: "https://hooks.example/T0/secret-path",
  webhook_secret: "0123456789abcdef",
};
const save = (who: Person, change: Record<string, string> = {}) => submit(who, updateOutgoing, { ...typed, ...change });
const stored = () => readSettings(db());

describe("how the account sends", () => {
  test("is stored with its secrets sealed, which nobody is told again", async () => {
    expect(await save(ada)).toMatchObject({ status: "done", message: "The settings were saved." });
    const row = await stored();
    expect(row).toMatchObject({ ticketRecipients: ["a@example.org", "b@example.org"], version: 2 });
    expect(JSON.stringify(row)).not.toMatch(/pass-phrase-1|0123456789abcdef/);
    expect([openSecret(row, "smtpPassword"), openSecret(row, "webhookSecret")]).toEqual([
      typed.smtp_password,
      typed.webhook_secret,
    ]);
    actAs(ada);
    const shown = await getOutgoing();
    expect(shown).toMatchObject({ hasPassword: true, hasSecret: true, smtpUser: "desk" });
    expect(JSON.stringify(shown)).not.toContain(row.smtpPassword);
    const log = JSON.stringify(await db().select().from(auditEntries));
    expect(log).toContain("outgoing.update");
    expect(log).not.toMatch(/pass-phrase-1|0123456789abcdef|secret-path/);
    const refused = await save(ada, { smtp_port: "0" });
    expect(JSON.stringify(refused)).not.toMatch(/pass-phrase-1|0123456789abcdef/);
  });

  test("keeps a password that was not typed, for the same server and user only", async () => {
    await save(ada);
    const again = { version: "2", smtp_password: "", webhook_secret: "" };
    expect(await save(ada, { ...again, smtp_port: "465" })).toMatchObject({ status: "done" });
    expect(openSecret(await stored(), "smtpPassword")).toBe("pass-phrase-1");
    for (const change of [{ smtp_host: "evil.example" }, { smtp_user: "other" }] as Record<string, string>[])
      expect(await save(ada, { ...again, version: "3", ...change })).toMatchObject({
        errors: { smtp_password: "The host or the user changed: enter the password again." },
      });
    expect((await stored()).smtpHost).toBe("mail.example.org");
    expect(await save(ada, { ...again, version: "3", smtp_user: "", webhook_url: "" })).toMatchObject({
      status: "done",
    });
    expect(await stored()).toMatchObject({ smtpPassword: "", webhookSecret: "" });
  });

  test("that somebody else changed meanwhile is not overwritten", async () => {
    await save(bea);
    const second = await save(ada, { smtp_host: "other.example" });
    expect(second).toMatchObject({ status: "refused" });
    expect(second.message).toContain('bea changed these settings meanwhile. Stored now: Host "mail.example.org"');
  });

  test.each([
    [{ smtp_host: "https://mail.example.org" }, "smtp_host"],
    [{ smtp_host: "a b" }, "smtp_host"],
    [{ from_address: "" }, "from_address"],
    [{ from_address: "a@example.org, b@example.org" }, "from_address"],
    [{ ticket_recipients: "a@example.org nonsense" }, "ticket_recipients"],
    [{ alarm_recipients: "a@example.org\r\nBcc:x" }, "alarm_recipients"],
    [{ webhook_url: "ftp://x.example" }, "webhook_url"],
    [{ webhook_url: "https://user:pass@x.example" }, "webhook_url"],
    [{ webhook_url: "javascript:alert(1)" }, "webhook_url"],
    [{ webhook_secret: "short" }, "webhook_secret"],
    [{ smtp_port: "99999" }, "smtp_port"],
  ])("with %j is refused at its field", async (change, field) => {
    const state = await save(ada, change as unknown as Record<string, string>);
    expect(state).toMatchObject({ status: "invalid", errors: { [field]: expect.any(String) } });
    expect((await stored()).version).toBe(1);
  });
});

test("a test says in words what came of it, and is in the audit log", async () => {
  expect(await submit(ada, sendTestMail, { to: "a@example.org" })).toMatchObject({ message: "No mail server is set." });
  expect(await submit(ada, sendTestCall)).toMatchObject({ message: "No address to call is set." });
  expect(await submit(ada, sendTestMail, { to: "nobody" })).toMatchObject({ status: "invalid" });
  await transaction((tx) =>
    tx
      .update(outgoing)
      .set({ smtpHost: "127.0.0.1", smtpPort: 9, webhookUrl: "http://127.0.0.1:9/" })
      .then(() => {}),
  );
  const mail = await submit(ada, sendTestMail, { to: "a@example.org" });
  expect(mail).toMatchObject({ status: "refused", message: expect.stringContaining("connection to the mail server") });
  const call = await submit(ada, sendTestCall);
  expect(call).toMatchObject({ status: "refused", message: expect.stringContaining("private network") });
  const log = await db().select().from(auditEntries).where(eq(auditEntries.action, "outgoing.test_call"));
  expect(log).toMatchObject([
    { outcome: "refused" },
    { outcome: "refused", reason: expect.stringContaining("private") },
  ]);
});

const list = (params: SearchParams = {}) =>
  listDeliveries(readListQuery<DeliverySort>(params, ["-created", "created"], deliveryFilters));

test("what was sent and what waits is listed without what is in it, and can be tried again", async () => {
  const content = { to: ["a@example.org"], subject: "Secret subject", text: "Secret text" };
  const facts = { kind: "mail" as const, content };
  await transaction((tx) =>
    tx
      .insert(deliveries)
      .values([
        { ...facts, about: "Sent", sentAt: new Date(), attempts: 1 },
        { ...facts, about: "Given up", failedAt: new Date(), attempts: 27, error: "Refused" },
        { ...facts, about: "Waiting" },
      ])
      .then(() => {}),
  );
  actAs(ada);
  expect((await list()).rows).toHaveLength(3);
  expect(JSON.stringify(await list())).not.toContain("Secret");
  for (const [state, about] of Object.entries({ sent: "Sent", failed: "Given up", open: "Waiting" }))
    expect((await list({ state })).rows.map((row) => row.about)).toEqual([about]);
  expect((await list({ q: "given" })).rows).toHaveLength(1);
  const [failed] = (await list({ state: "failed" })).rows;
  const [sent] = (await list({ state: "sent" })).rows;
  expect(await submit(ada, retryDelivery, { id: failed?.id ?? "" })).toMatchObject({ status: "done" });
  expect(await submit(ada, retryDelivery, { id: sent?.id ?? "" })).toMatchObject({ status: "refused" });
  actAs(ada);
  expect((await list({ state: "open" })).rows.map(({ about, attempts }) => [about, attempts]).sort()).toEqual([
    ["Given up", 0],
    ["Waiting", 0],
  ]);
});

test("it is for those who manage settings", async () => {
  for (const act of [updateOutgoing, sendTestMail, sendTestCall, retryDelivery])
    await expect(submit(oto, act, typed)).rejects.toEqual(new Interrupt("forbidden"));
  actAs(oto);
  await expect(getOutgoing()).rejects.toEqual(new Interrupt("forbidden"));
  await expect(list()).rejects.toEqual(new Interrupt("forbidden"));
});
