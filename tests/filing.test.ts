import { eq, isNull, ne } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers, jobKeys, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { runObjects } from "@/lib/db/schema/runs";
import { approveMail } from "@/lib/filing/actions";
import { fileMail } from "@/lib/filing/file-mail";
import { fileNow } from "@/lib/filing/start";
import { deleteMail, deleteMails } from "@/lib/mails/actions";
import { storeMail } from "@/lib/mails/store";
import { Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { deliver, jobNamed, mailOf, runsOf, sampleMail, strangeMail, typeId, vzdumpMail } from "./support/mails";
import { addRole, only } from "./support/roles";

let oto: Person;
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
});
afterAll(closeTestDatabase);

type Choice = Partial<Record<"customer" | "job" | "name" | "software" | "host" | "resource_type", string>>;

async function approval(mail: string, choice: Choice = {}) {
  return { mail, customer: "Acme", job: "", name: "vzdump", resource_type: await typeId(), ...choice };
}

/** Approves a mail that must be accepted. @returns where one is sent then. */
async function approved(mail: string, choice: Choice = {}): Promise<string> {
  const sent = await submit(oto, approveMail, await approval(mail, choice)).catch((error: unknown) => error);
  if (!(sent instanceof Interrupt)) throw new Error(JSON.stringify(sent));
  return sent.address;
}

const auditOf = (action: string) => db().select().from(auditEntries).where(eq(auditEntries.action, action));

test("an approved mail makes customer, job and run, and the next mail of the job becomes a run by itself", async () => {
  const first = await deliver(vzdumpMail({ host: "pve-a" }));
  expect(await approved(first, { name: "pve-a nightly" })).toContain(`?approved=${first}`);
  const job = await jobNamed("pve-a nightly");
  expect(await runsOf(job.id)).toMatchObject([{ status: "success", mailId: first }]);
  expect(await mailOf(first)).toMatchObject({ jobId: job.id, approvedBy: "oto" });
  expect(await auditOf("customer.create")).toMatchObject([{ target: "Acme", actor: "oto", role: "Operator" }]);
  expect(await auditOf("job.create")).toMatchObject([{ target: "pve-a nightly" }]);
  expect(await auditOf("mail.approve")).toMatchObject([{ targetId: first, outcome: "done" }]);

  const second = await deliver(
    vzdumpMail({ host: "pve-a", status: "backup failed: storage is full", date: "Sun, 22 Nov 2026 01:03:00 +0000" }),
  );
  expect(await mailOf(second)).toMatchObject({ jobId: job.id, approvedBy: null });
  expect((await runsOf(job.id)).map(({ status }) => status)).toEqual(["success", "failed"]);
});

test("mails that waited with the same key and sender go along with the approved one, in one go", async () => {
  const nights = ["18", "19", "20"];
  const waiting: string[] = [];
  for (const night of nights)
    waiting.push(await deliver(vzdumpMail({ host: "pve-b", date: `Wed, ${night} Nov 2026 01:03:00 +0000` })));
  const elsewhere = await deliver(vzdumpMail({ host: "pve-b", from: "root@other.example" }));
  await approved(waiting[1] ?? "", { name: "pve-b nightly" });
  const job = await jobNamed("pve-b nightly");
  expect(await runsOf(job.id)).toHaveLength(3);
  expect((await mailOf(elsewhere)).jobId).toBeNull();
  expect((await auditOf("mail.approve")).find(({ targetId }) => targetId === waiting[1])?.after).toMatchObject({
    mails: 3,
    runs: 3,
  });
});

test("a forged sender does not reach the job", async () => {
  const job = await jobNamed("pve-a nightly");
  const before = await runsOf(job.id);
  const forged = await deliver(vzdumpMail({ host: "pve-a", from: "root@evil.example" }));
  expect(await mailOf(forged)).toMatchObject({ kind: "run", jobId: null });
  expect(await runsOf(job.id)).toEqual(before);
});

const photos = (name: string, minute: number) =>
  Buffer.from(
    `From: nas@photos.example\r\nMessage-ID: <${name}-${minute}@photos.example>\r\nDate: Sat, 21 Nov 2026 01:0${minute}:00 +0000\r\nSubject: Duplicati Backup report for ${name}\r\n\r\nParsedResult: Success\r\nMainOperation: Backup\r\n`,
  );

test("two jobs whose names differ only in case are two; a key of before, in lower case, is known all the same", async () => {
  await approved(await deliver(photos("Photos", 1)), { name: "Photos" });
  const job = await jobNamed("Photos");
  expect((await mailOf(await deliver(photos("photos", 2)))).jobId).toBeNull();
  expect((await mailOf(await deliver(photos("Photos", 3)))).jobId).toBe(job.id);

  const [key] = await db().select().from(jobKeys).where(eq(jobKeys.jobId, job.id));
  const former = { matchKey: key?.matchKey.toLowerCase() };
  await transaction((tx) => tx.update(jobKeys).set(former).where(eq(jobKeys.jobId, job.id)));
  expect((await mailOf(await deliver(photos("Photos", 4)))).jobId).toBe(job.id);
  expect((await mailOf(await deliver(photos("PHOTOS", 5)))).jobId).toBeNull();
});

test("what is not understood is never a success, not even when it is approved", async () => {
  const unknown = await deliver(strangeMail("Backup of everything"));
  expect(await mailOf(unknown)).toMatchObject({ kind: "unknown", jobId: null });
  await approved(unknown, { name: "strange" });
  const job = await jobNamed("strange");
  expect(await runsOf(job.id)).toMatchObject([{ status: "unknown" }]);
  expect(await db().select().from(jobKeys).where(eq(jobKeys.jobId, job.id)), "it teaches nothing").toEqual([]);
});

test("a success dated in the future is not believed", async () => {
  const job = await jobNamed("pve-a nightly");
  const mail = await deliver(vzdumpMail({ host: "pve-a", date: "Fri, 20 Nov 2099 01:03:00 +0000" }));
  const run = (await runsOf(job.id)).find(({ mailId }) => mailId === mail);
  expect(run).toMatchObject({ status: "unknown" });
  expect(run?.ranAt.getTime()).toBeLessThanOrEqual(Date.now());
});

test("a forwarded copy of a run belongs to its job and makes no second run", async () => {
  const name = "veeam/success-us";
  const first = await deliver(sampleMail(name));
  await approved(first, { name: "veeam nightly" });
  const job = await jobNamed("veeam nightly");
  const copy = Buffer.from(
    sampleMail(name)
      .toString("latin1")
      .replace(/^message-id:.*$/im, "Message-ID: <copy@acme.example>"),
    "latin1",
  );
  const second = await deliver(copy);
  expect(second).not.toBe(first);
  expect(await mailOf(second)).toMatchObject({ jobId: job.id });
  expect(await runsOf(job.id)).toHaveLength(1);
});

test("the objects of a run are kept", async () => {
  const mail = await deliver(sampleMail("veeam-agent/managed-several-objects"));
  await approved(mail, { name: "agents" });
  const [run] = await runsOf((await jobNamed("agents")).id);
  const objects = await db()
    .select()
    .from(runObjects)
    .where(eq(runObjects.runId, run?.id ?? ""));
  expect(objects.length).toBeGreaterThan(1);
});

test("several results in one mail that was read before digests were taken apart are one run, as bad as the worst", async () => {
  const { parsed } = await mailOf(await deliver(sampleMail("generic/two-attached-mails")));
  expect((parsed as unknown[]).length).toBeGreaterThan(1);
  const mail = await deliver(strangeMail("two in one"));
  await transaction((tx) => tx.update(mails).set({ kind: "run", parsed }).where(eq(mails.id, mail)));
  await approved(mail, { name: "two in one" });
  const [run] = await runsOf((await jobNamed("two in one")).id);
  expect(run?.status).not.toBe("success");
});

test("an archived job receives nothing, and nothing can be approved to it", async () => {
  const mail = await deliver(vzdumpMail({ host: "pve-c" }));
  await approved(mail, { name: "pve-c nightly" });
  const job = await jobNamed("pve-c nightly");
  await transaction((tx) => tx.update(jobs).set({ archivedAt: new Date() }).where(eq(jobs.id, job.id)));
  const next = await deliver(vzdumpMail({ host: "pve-c", date: "Sun, 22 Nov 2026 01:03:00 +0000" }));
  expect((await mailOf(next)).jobId).toBeNull();
  const state = await submit(oto, approveMail, await approval(next, { job: job.id }));
  expect(state).toMatchObject({
    status: "invalid",
    errors: { job: "pve-c nightly is archived and receives no runs." },
  });
  expect(await runsOf(job.id)).toHaveLength(1);
});

test("the second of two who approve the same mail is told who was first, and nothing happens twice", async () => {
  const ada = await person("ada", "Admin");
  const mail = await deliver(vzdumpMail({ host: "pve-d" }));
  const choice = await approval(mail, { customer: "Bolt", name: "pve-d nightly" });
  await approved(mail, choice);
  const state = await submit(ada, approveMail, choice);
  expect(state).toMatchObject({ status: "refused", message: "This mail has been approved by oto meanwhile." });
  expect(await runsOf((await jobNamed("pve-d nightly")).id)).toHaveLength(1);
});

test("an approval after a deletion says who deleted", async () => {
  const mail = await deliver(vzdumpMail({ host: "pve-e" }));
  await submit(oto, deleteMails, { "ids[]": [mail] });
  const state = await submit(oto, approveMail, await approval(mail));
  expect(state).toMatchObject({ status: "refused", message: "This mail has been deleted by oto meanwhile." });
});

test("what was typed stays when a field is wrong, and nothing is made", async () => {
  const mail = await deliver(vzdumpMail({ host: "pve-f" }));
  const state = await submit(oto, approveMail, await approval(mail, { customer: "Cargo", name: "" }));
  expect(state).toMatchObject({
    status: "invalid",
    errors: { name: "Enter a name for the job." },
    values: { customer: "Cargo" },
  });
  expect(await db().select().from(customers).where(eq(customers.name, "Cargo")), "undone together").toEqual([]);
  expect(await submit(oto, approveMail, await approval(mail, { customer: " " }))).toMatchObject({
    errors: { customer: "Enter a customer." },
  });
});

test("a job of another customer, or a twin of a job that is there, is refused", async () => {
  const mail = await deliver(vzdumpMail({ host: "pve-g" }));
  const job = await jobNamed("pve-a nightly");
  const other = await submit(oto, approveMail, await approval(mail, { customer: "Bolt", job: job.id }));
  expect(other).toMatchObject({ errors: { job: "Bolt has no such job." } });
  const twin = await submit(oto, approveMail, await approval(mail, { name: "PVE-A nightly" }));
  expect(twin).toMatchObject({ errors: { job: "Acme has this job already. Choose it under Job." } });
});

test("information can be deleted but not approved, and deleting goes on to the next mail", async () => {
  const mail = await deliver(sampleMail("vzdump/test-mail"));
  expect((await mailOf(mail)).kind).toBe("info");
  const state = await submit(oto, approveMail, await approval(mail));
  expect(state).toMatchObject({ status: "refused" });
  const gone = await submit(oto, deleteMail, { mail }).catch((error: unknown) => error);
  expect(gone).toMatchObject({ kind: "redirect", address: expect.stringMatching(/^\/inbox\/[0-9a-f-]{36}\?deleted=/) });
});

test("reporters and viewers approve and delete nothing; each try is noted once", async () => {
  const mail = await deliver(vzdumpMail({ host: "pve-h" }));
  for (const [name, role] of [
    ["rea", "Reporter"],
    ["vi", "Viewer"],
  ] as const) {
    const who = await person(name, role);
    await expect(submit(who, approveMail, await approval(mail))).rejects.toEqual(new Interrupt("forbidden"));
    await expect(submit(who, deleteMails, { "ids[]": [mail] })).rejects.toEqual(new Interrupt("forbidden"));
  }
  expect(await mailOf(mail)).toMatchObject({ jobId: null, deletedAt: null });
  const refused = (await auditOf("mail.approve")).filter(({ reason }) => reason === "needs inbox.process");
  expect(refused.map(({ actor }) => actor)).toEqual(["rea", "vi"]);
});

test("a mail that a crash interrupted is read again; after three times it is kept as unreadable and stops nobody", async () => {
  const raw = vzdumpMail({ host: "pve-i" });
  const actor = { id: null, name: "nightly", role: "Intake key", address: "192.0.2.9" };
  const { id } = await storeMail({ raw, source: "intake", broughtBy: "nightly", actor });
  const longAgo = new Date(Date.now() - 120_000);
  await transaction((tx) => tx.update(mails).set({ attempts: 3, attemptedAt: longAgo }).where(eq(mails.id, id)));
  const after = await deliver(vzdumpMail({ host: "pve-j" }));
  expect(await mailOf(id)).toMatchObject({ kind: "unreadable", error: "Reading the mail failed three times." });
  expect((await mailOf(after)).kind).toBe("run");

  await transaction((tx) => tx.update(mails).set({ kind: "waiting", attempts: 1 }).where(eq(mails.id, id)));
  await fileNow();
  expect(await mailOf(id)).toMatchObject({ kind: "run", attempts: 2 });
});

test("two processes that read the same mail file it once", async () => {
  const job = await jobNamed("pve-a nightly");
  const raw = vzdumpMail({ host: "pve-a", date: "Mon, 23 Nov 2026 01:03:00 +0000", id: "read-twice" });
  const mail = await deliver(raw);
  const before = await runsOf(job.id);
  const { readMail } = await import("@/lib/mail/read");
  const read = await readMail(raw, new Date().toISOString());
  await transaction((tx) => fileMail(tx, mail, read));
  expect(await runsOf(job.id)).toEqual(before);
});

test("a mail of which nothing waits longer is left: nothing is waiting at the end", async () => {
  expect(await db().select({ id: mails.id }).from(mails).where(eq(mails.kind, "waiting"))).toEqual([]);
  expect(await db().$count(mails, isNull(mails.attemptedAt))).toBe(0);
});

test("who covers chosen customers and types makes nothing that they could not see", async () => {
  const acme = await db().select().from(customers).where(eq(customers.name, "Acme"));
  const type = await typeId();
  const rights = [
    "inbox.view",
    "inbox.process",
    "customers.view",
    "customers.manage",
    "resources.view",
    "jobs.manage",
  ] as const;
  const chosen = { "customers.view": only(acme[0]?.id ?? "") };
  await addRole("Of a type", [...rights], {
    ...chosen,
    "resources.view": [{ type, elementId: null, included: true }],
  });
  await addRole("Of no type", [...rights], { ...chosen, "resources.view": [] });
  const [one, none] = [await person("onetype", "Of a type"), await person("notype", "Of no type")];
  const mail = await deliver(vzdumpMail({ host: "pve-scoped" }));
  const send = async (who: Person, choice: Choice) => submit(who, approveMail, await approval(mail, choice));
  for (const customer of ["Nobody yet", "Hidden"])
    expect(await send(one, { customer })).toMatchObject({
      errors: { customer: "Your role covers chosen customers only; a new one would not be among them." },
    });
  expect(await send(none, { name: "scoped" })).toMatchObject({
    errors: { job: "Your role covers chosen resources only; a new one would not be among them." },
  });
  const [other] = await db().select().from(resourceTypes).where(ne(resourceTypes.id, type)).limit(1);
  expect(await send(one, { name: "scoped", resource_type: other?.id ?? "" })).toMatchObject({
    errors: { resource_type: "Choose a resource type." },
  });
  expect((await mailOf(mail)).jobId).toBeNull();
  const sent = await send(one, { name: "scoped" }).catch((error: unknown) => error);
  expect(sent).toBeInstanceOf(Interrupt);
  expect((await jobNamed("scoped")).resourceTypeId).toBe(type);
});
