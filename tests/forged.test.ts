import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditCsv } from "@/lib/audit/csv";
import { type AuditSort, auditFilters, exportAudit } from "@/lib/audit/queries";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { mails } from "@/lib/db/schema/mails";
import { approveMail } from "@/lib/filing/actions";
import { fileNow } from "@/lib/filing/start";
import { readListQuery } from "@/lib/list";
import { storeMail } from "@/lib/mails/store";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { deliver, jobNamed, mailOf, runsOf, sampleMail, typeId, vzdumpMail } from "./support/mails";

// Bar 30: nothing that somebody forges makes a job green.
let ada: Person;
let oto: Person;
let jobId: string;
beforeAll(async () => {
  await openTestDatabase();
  [ada, oto] = [await person("ada", "Admin"), await person("oto", "Operator")];
});
afterAll(closeTestDatabase);

const actor = { id: null, name: "nightly", role: "Intake key", address: "192.0.2.9" };

async function approve(mail: string, name: string): Promise<void> {
  const choice = { mail, customer: "Acme", job: "", name, resource_type: await typeId() };
  const sent = await submit(oto, approveMail, choice).catch((error: unknown) => error);
  if (!(sent instanceof Interrupt && sent.kind === "redirect")) throw new Error(JSON.stringify(sent));
}

/** Brings a message of which the receiving side found out that its sender is not who it says. @returns its id. */
async function deliverUnverified(raw: Buffer): Promise<string> {
  const { id } = await storeMail({ raw, source: "intake", broughtBy: "nightly", actor });
  await transaction((tx) => tx.update(mails).set({ senderCheck: "failed" }).where(eq(mails.id, id)));
  await fileNow();
  return id;
}

const greens = async (id = jobId) => (await runsOf(id)).filter(({ countsAs }) => countsAs === "success");
const night = (day: number) => `Sat, ${day} Nov 2026 01:03:00 +0000`;
const runOfMail = async (mail: string) => (await runsOf(jobId)).find(({ mailId }) => mailId === mail);

test("a success from another sender does not reach the job", async () => {
  const failed = vzdumpMail({ host: "pve-f", status: "backup failed: storage is full" });
  await approve(await deliver(failed), "pve-f nightly");
  jobId = (await jobNamed("pve-f nightly")).id;
  const mail = await deliver(vzdumpMail({ host: "pve-f", from: "root@evil.example", date: night(22) }));
  expect((await mailOf(mail)).jobId).toBeNull();
  expect(await greens()).toEqual([]);
});

test("a success whose sender could not be verified is unknown and says why; a failure stays one", async () => {
  const ok = await deliverUnverified(vzdumpMail({ host: "pve-f", date: night(21) }));
  expect(await runOfMail(ok)).toMatchObject({
    status: "unknown",
    message: "The sender could not be verified, so a success is not believed.",
  });
  const failed = vzdumpMail({ host: "pve-f", date: night(20), status: "backup failed: no quorum" });
  expect(await runOfMail(await deliverUnverified(failed))).toMatchObject({ status: "failed" });
  expect(await greens()).toEqual([]);
});

test("a person who approves such a mail makes it no success either, nor do the parts of such a digest", async () => {
  const mail = await deliverUnverified(vzdumpMail({ host: "pve-new" }));
  await approve(mail, "pve-new nightly");
  expect(await runsOf((await jobNamed("pve-new nightly")).id)).toMatchObject([{ status: "unknown" }]);

  const digest = await deliverUnverified(sampleMail("generic/two-attached-mails"));
  const parts = await db().select().from(mails).where(eq(mails.parentId, digest));
  expect(parts.map(({ senderCheck }) => senderCheck)).toEqual(parts.map(() => "failed"));
  expect(parts.length).toBeGreaterThan(1);
});

test("a success dated in the future is unknown", async () => {
  const mail = await deliver(vzdumpMail({ host: "pve-f", date: "Fri, 20 Nov 2099 01:03:00 +0000" }));
  expect(await runOfMail(mail)).toMatchObject({ status: "unknown" });
  expect(await greens()).toEqual([]);
});

test.each([
  ["that names its start", "veeam/success-us"],
  ["that names no time of its own", ""],
])("an old success %s, sent again with another Message-ID, is the run it was", async (_what, sample) => {
  const name = `replayed ${sample || "vzdump"}`;
  const told = { host: "pve-replay", date: night(14) };
  const raw = sample ? sampleMail(sample) : vzdumpMail({ ...told, id: "first" });
  await approve(await deliver(raw), name);
  const { id } = await jobNamed(name);
  const before = await runsOf(id);
  expect(before).toHaveLength(1);
  const again = raw
    .toString("latin1")
    .replace(/^message-id:.*$/im, `Message-ID: <${crypto.randomUUID()}@evil.example>`);
  const mail = await deliver(Buffer.from(again, "latin1"));
  expect((await mailOf(mail)).jobId).toBe(id);
  expect(await runsOf(id)).toEqual(before);
});

test("line breaks, direction marks and formulas in the subject break neither the audit log nor its file", async () => {
  const subject =
    '=cmd|calc!A1\r\nX-Role: Admin\u202Egnp.exe\u0000\u0007 "quoted", vzdump backup status (pve-f): backup OK';
  const encoded = `=?utf-8?B?${Buffer.from(subject).toString("base64")}?=`;
  const raw = vzdumpMail({ host: "pve-f" })
    .toString()
    .replace(/^Subject: .*$/m, `Subject: ${encoded}`);
  const mail = await deliver(Buffer.from(raw));
  const stored = await mailOf(mail);
  expect(stored.subject).toMatch(/^=cmd\|calc!A1 X-Role: Admingnp\.exe ?"quoted"/);
  expect(await runOfMail(mail)).toBeUndefined();
  const [entry] = await db().select().from(auditEntries).where(eq(auditEntries.targetId, mail));
  expect(entry).toMatchObject({ actor: "nightly", role: "Intake key", outcome: "done", target: stored.subject });
  actAs(ada);
  const query = readListQuery<AuditSort>({}, ["-at", "at"], auditFilters);
  const csv = await new Response(auditCsv(exportAudit(query))).text();
  const lines = csv.split("\r\n").filter((line) => line.includes("cmd|calc"));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`"'=cmd|calc!A1`);
  expect(lines[0]).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(await greens()).toEqual([]);
});
