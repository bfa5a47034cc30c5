import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DELETE, POST as deliverMail, GET } from "@/app/api/intake/mail/route";
import { GET as getBody } from "@/app/api/mails/[id]/body/route";
import { GET as getSource } from "@/app/api/mails/[id]/source/route";
import { GET as getText } from "@/app/api/mails/[id]/text/route";
import { POST as upload } from "@/app/api/mails/upload/route";
import { actingKey } from "@/lib/access/can";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers, jobs } from "@/lib/db/schema/desk";
import { intakeKeys } from "@/lib/db/schema/intake-keys";
import { mails } from "@/lib/db/schema/mails";
import { createIntakeKey, endIntakeKey } from "@/lib/intake-keys/actions";
import { deleteMails } from "@/lib/mails/actions";
import { accessOf, actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { deliver, mailOf, strangeMail, typeId, vzdumpMail } from "./support/mails";

let ada: Person;
let oto: Person;
let rea: Person;
let vi_: Person;
beforeAll(async () => {
  await openTestDatabase();
  [ada, oto] = [await person("ada", "Admin"), await person("oto", "Operator")];
  [rea, vi_] = [await person("rea", "Reporter"), await person("vi", "Viewer")];
});
afterAll(closeTestDatabase);

const none = { params: Promise.resolve({}) };
const auditOf = (action: string) => db().select().from(auditEntries).where(eq(auditEntries.action, action));

async function uploaded(who: Person, body: Buffer, heads: Record<string, string> = {}): Promise<Response> {
  actAs(who);
  const own = { host: "localhost", origin: "http://localhost", "x-file-name": "last%20night.eml" };
  const role = { "x-acting-role": actingKey(await accessOf(who)) };
  const bytes = new Uint8Array(body);
  return upload(
    new Request("http://localhost/api/mails/upload", {
      method: "POST",
      body: bytes,
      headers: { ...own, ...role, ...heads },
    }),
    none,
  );
}

function delivered(key: string | null, body: BodyInit, heads: Record<string, string> = {}): Promise<Response> {
  const headers = { "content-type": "message/rfc822", ...(key && { authorization: `Bearer ${key}` }), ...heads };
  return deliverMail(new Request("http://localhost/api/intake/mail", { method: "POST", body, headers }), none);
}

async function madeKey(name: string): Promise<string> {
  const { data } = await submit(ada, createIntakeKey, { name });
  return (data as { key: string }).key;
}

const sentence = async (answer: Response) => ((await answer.json()) as { error: string }).error;
const asBody = (raw: Buffer): BodyInit => new Uint8Array(raw);

test("an uploaded file is kept, and the second time it is known", async () => {
  const raw = vzdumpMail();
  const first = await uploaded(oto, raw);
  const second = await uploaded(oto, raw);
  expect([first.status, second.status]).toEqual([201, 200]);
  const { id } = (await first.json()) as { id: string };
  expect(await second.json()).toEqual({ id, isNew: false });
  expect(await mailOf(id)).toMatchObject({ source: "upload", broughtBy: "oto" });
});

test.each([
  ["empty", Buffer.alloc(0), {}, 400, "last night.eml is empty."],
  ["no message", Buffer.from("<svg/>"), {}, 400, "last night.eml is not an e-mail message."],
  [
    "too large, and says so",
    Buffer.from("x"),
    { "content-length": String(26 * 1024 * 1024) },
    413,
    "last night.eml is larger than 25 MB.",
  ],
  ["too large", Buffer.alloc(26 * 1024 * 1024, "a"), {}, 413, "last night.eml is larger than 25 MB."],
])("a file that is %s is refused by name", async (_name, body, heads, status, expected) => {
  const before = await db().$count(mails);
  const answer = await uploaded(oto, body, heads);
  expect(answer.status).toBe(status);
  expect(await sentence(answer)).toBe(expected);
  expect(await db().$count(mails)).toBe(before);
});

test("what is too large is not read to its end", async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1024 * 1024;
      controller.enqueue(new Uint8Array(1024 * 1024));
    },
  });
  const key = await madeKey("endless");
  const headers = { "content-type": "message/rfc822", authorization: `Bearer ${key}` };
  const init = { method: "POST", body: endless, headers, duplex: "half" } as RequestInit;
  const answer = await deliverMail(new Request("http://localhost/api/intake/mail", init), none);
  expect(answer.status).toBe(413);
  expect(sent).toBeLessThan(40 * 1024 * 1024);
});

test("an upload from elsewhere, from a page of another role, or without the right is refused and changes nothing", async () => {
  const before = await db().$count(mails);
  expect((await uploaded(oto, vzdumpMail(), { origin: "https://evil.example" })).status).toBe(403);
  expect((await uploaded(oto, vzdumpMail(), { "x-acting-role": "somebody" })).status).toBe(409);
  expect((await uploaded(vi_, vzdumpMail())).status).toBe(403);
  expect((await uploaded(rea, vzdumpMail())).status).toBe(403);
  expect(await db().$count(mails)).toBe(before);
  const refused = (await auditOf("mail.receive")).filter(({ outcome }) => outcome === "refused");
  expect(refused.map(({ actor }) => actor)).toEqual(expect.arrayContaining(["oto", "vi", "rea"]));
});

test("a machine delivers with its key: 202 with the id, for a known mail too, and the key counts", async () => {
  const key = await madeKey("mail server");
  const raw = vzdumpMail();
  const [first, second] = [
    await delivered(key, asBody(raw)),
    await delivered(key, asBody(raw), { "content-type": "" }),
  ];
  expect([first.status, second.status]).toEqual([202, 202]);
  const { id } = (await first.json()) as { id: string };
  expect(await second.json()).toEqual({ id });
  expect(await mailOf(id)).toMatchObject({ source: "intake", broughtBy: "mail server" });
  const [stored] = await db().select().from(intakeKeys).where(eq(intakeKeys.name, "mail server"));
  expect(stored).toMatchObject({ mailCount: 2, lastUsedAt: expect.any(Date) });
  expect(JSON.stringify(stored), "the key itself is not stored").not.toContain(key.slice(4));
});

test.each([
  ["an empty body", asBody(Buffer.alloc(0)), {}, 400, "The message is empty."],
  ["a body that is no message", "hello", {}, 400, "The message is not an e-mail message."],
  [
    "JSON",
    "{}",
    { "content-type": "application/json" },
    415,
    "Send the message itself, with Content-Type: message/rfc822.",
  ],
  [
    "a form",
    "a=b",
    { "content-type": "application/x-www-form-urlencoded" },
    415,
    "Send the message itself, with Content-Type: message/rfc822.",
  ],
])("%s is refused in one sentence", async (name, body, heads, status, expected) => {
  const answer = await delivered(await madeKey(`for ${name}`), body, heads);
  expect(answer.status).toBe(status);
  expect(await sentence(answer)).toBe(expected);
});

test("any other method is refused", async () => {
  for (const method of [GET, DELETE]) {
    const answer = await method(new Request("http://localhost/api/intake/mail"), none);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  }
});

test("a wrong or ended key opens nothing, a flood of them is noted once and then sent away", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T10:00:00Z") });
  const key = await madeKey("gone");
  const [row] = await db().select().from(intakeKeys).where(eq(intakeKeys.name, "gone"));
  await submit(ada, endIntakeKey, { id: row?.id ?? "" });
  const before = await db().$count(mails);
  const answers: number[] = [];
  for (const tried of [key, null, "bck_wrong", ...Array.from({ length: 30 }, (_, n) => `bck_${n}`)])
    answers.push((await delivered(tried, asBody(vzdumpMail()))).status);
  expect(answers.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 401));
  expect(answers.slice(30)).toEqual([429, 429, 429]);
  expect(await db().$count(mails)).toBe(before);
  const noted = (await auditOf("mail.receive")).filter(({ reason }) => reason === "wrong or ended intake key");
  expect(noted).toMatchObject([{ actor: "", address: "192.0.2.7", outcome: "refused" }]);
  vi.setSystemTime(new Date("2026-11-21T10:01:00Z"));
  expect((await delivered("bck_wrong", asBody(vzdumpMail()))).status, "a minute later").toBe(401);
  vi.useRealTimers();
});

test("keys are made and ended by those who may, and both are in the audit log", async () => {
  await expect(submit(oto, createIntakeKey, { name: "mine" })).rejects.toEqual(new Interrupt("forbidden"));
  const first = await madeKey("twin");
  expect(first).toMatch(/^bck_[\w-]{43}$/);
  expect(await submit(ada, createIntakeKey, { name: "Twin" })).toMatchObject({
    errors: { name: "A key of this name is in use." },
  });
  expect(await submit(ada, createIntakeKey, { name: "" })).toMatchObject({ status: "invalid" });
  const [row] = await db().select().from(intakeKeys).where(eq(intakeKeys.name, "twin"));
  const id = row?.id ?? "";
  await expect(submit(oto, endIntakeKey, { id })).rejects.toEqual(new Interrupt("forbidden"));
  expect(await submit(ada, endIntakeKey, { id })).toMatchObject({ status: "done" });
  expect(await submit(ada, endIntakeKey, { id })).toMatchObject({ message: "This key has ended already." });
  const log = JSON.stringify([await auditOf("intake_key.create"), await auditOf("intake_key.end")]);
  expect(log).toContain("twin");
  expect(log).not.toContain(first.slice(4));
});

const hostile = Buffer.from(
  [
    "From: =?utf-8?q?=3Cscript=3Ealert(1)=3C/script=3E?= <eve@evil.example>",
    "Subject: <img src=x onerror=alert(1)>",
    "Message-ID: <hostile@evil.example>",
    "Content-Type: text/html; charset=utf-8",
    "",
    '<html><head><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<style>@import "https://evil.example/x.css";</style></head><body onload="alert(1)"><script>alert(1)</script>',
    '<svg onload="alert(1)"><animate by="1" onbegin="alert(1)"/></svg><img src="https://evil.example/p.gif" onerror="alert(1)">',
    '<form action="https://evil.example"><input name="q"></form><a href="javascript:alert(1)">x</a>',
    '<div style="position:fixed;background:url(https://evil.example/b.gif)">Backup OK</div></body></html>',
  ].join("\r\n"),
);

const asked = (id: string) => [new Request("http://localhost/x"), { params: Promise.resolve({ id }) }] as const;

test("a hostile mail is served sandboxed, and nothing of it runs or loads", async () => {
  const id = await deliver(hostile);
  actAs(vi_);
  const answer = await getBody(...asked(id));
  expect(answer.status).toBe(200);
  const policy = answer.headers.get("content-security-policy") ?? "";
  for (const part of [
    "default-src 'none'",
    "img-src data:",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    "sandbox",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-store",
  });
  const body = await answer.text();
  expect(body).toContain("Backup OK");
  expect(body).not.toMatch(/alert\(|evil\.example|<script|<svg|<form|<base|onload|onerror|position:\s*fixed/i);
});

test("a mail without HTML is served as its text, and nothing in it becomes HTML", async () => {
  const id = await deliver(strangeMail("plain").subarray(0));
  await transaction((tx) =>
    tx.update(mails).set({ text: 'a <b>bold</b> & "quoted" <script>' }).where(eq(mails.id, id)),
  );
  actAs(oto);
  const body = await (await getBody(...asked(id))).text();
  expect(body).toContain("a &#60;b&#62;bold&#60;/b&#62; &#38; &#34;quoted&#34; &#60;script&#62;");
  const text = await getText(...asked(id));
  expect(text.headers.get("content-type")).toBe("text/plain; charset=utf-8");
});

test("the source is a download, byte for byte", async () => {
  const raw = vzdumpMail();
  const id = await deliver(raw);
  actAs(oto);
  const answer = await getSource(...asked(id));
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${id}.eml"`);
  expect(answer.headers.get("content-type")).toBe("message/rfc822");
  expect(Buffer.from(await answer.arrayBuffer()).equals(raw)).toBe(true);
});

test("where a mail lies decides who may read it; what one may not read does not exist", async () => {
  const [waiting, deleted, ofJob] = [
    await deliver(strangeMail("w")),
    await deliver(strangeMail("d")),
    await deliver(strangeMail("j")),
  ];
  await submit(oto, deleteMails, { "ids[]": [deleted] });
  const resourceTypeId = await typeId();
  await transaction(async (tx) => {
    const [customer] = await tx.insert(customers).values({ name: "Reading" }).returning();
    const values = { customerId: customer?.id ?? "", resourceTypeId, name: "read" };
    const [job] = await tx.insert(jobs).values(values).returning();
    await tx
      .update(mails)
      .set({ jobId: job?.id ?? "" })
      .where(eq(mails.id, ofJob));
  });
  const allowed = async (who: Person | null, id: string) => {
    actAs(who);
    const answers = [await getBody(...asked(id)), await getText(...asked(id)), await getSource(...asked(id))];
    return [...new Set(answers.map(({ status }) => status))];
  };
  for (const who of [ada, oto, vi_]) {
    expect(await allowed(who, waiting), who.username).toEqual([200]);
    expect(await allowed(who, ofJob), who.username).toEqual([200]);
  }
  expect(await allowed(rea, waiting)).toEqual([404]);
  expect(await allowed(rea, ofJob)).toEqual([404]);
  expect(await allowed(ada, deleted)).toEqual([200]);
  for (const who of [oto, rea, vi_]) expect(await allowed(who, deleted), who.username).toEqual([404]);
  expect(await allowed(null, waiting)).toEqual([401]);
  for (const id of ["1", "00000000-0000-0000-0000-000000000000", "'; drop table mails"])
    expect(await allowed(ada, id)).toEqual([404]);
});
