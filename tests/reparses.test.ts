import { and, eq, like } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { jobKeys } from "@/lib/db/schema/desk";
import { mailRules, reparseChanges, reparses } from "@/lib/db/schema/mail-rules";
import { mails } from "@/lib/db/schema/mails";
import { runObjects, runs } from "@/lib/db/schema/runs";
import { approveMail } from "@/lib/filing/actions";
import { emptyRule, type MailRule } from "@/lib/mail/rules/types";
import { applyReparse, cancelReparse, startReparse } from "@/lib/reparses/actions";
import { getReparse, listReparses } from "@/lib/reparses/queries";
import { workOnReparses } from "@/lib/reparses/work";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { deliver, jobNamed, mailOf, runsOf, sampleMail, typeId, vzdumpMail } from "./support/mails";
import { ALL, addRole, only } from "./support/roles";

let ada: Person;
let oto: Person;
beforeAll(async () => {
  await openTestDatabase();
  [ada, oto] = [await person("ada", "Admin"), await person("oto", "Operator")];
});
afterAll(closeTestDatabase);
vi.setConfig({ testTimeout: 60_000 });

const nasMail = (job: string, said: string, day = 20) =>
  Buffer.from(
    `From: nas@acme.example\r\nDate: Fri, ${day} Nov 2026 03:00:00 +0000\r\nSubject: nas: backup job ${job} ${said}\r\nMessage-ID: <${crypto.randomUUID()}@x>\r\n\r\nText\r\n`,
  );
const rule = (change: Partial<MailRule> = {}): MailRule => ({
  ...emptyRule,
  conditions: [{ field: "subject", comparison: "starts", text: "nas:" }],
  words: { failed: ["broke"], warning: ["grumbled"], success: ["shone"] },
  jobName: { from: "subject", text: "job (\\w+)" },
  software: "NAS tool",
  ...change,
});
const putRule = (value: MailRule) =>
  transaction((tx) =>
    tx
      .insert(mailRules)
      .values({ name: "NAS", position: 1, rule: value, createdBy: "ada" })
      .onConflictDoUpdate({ target: mailRules.name, set: { rule: value, version: Math.ceil(Math.random() * 1e9) } }),
  );

async function approve(mail: string, name: string): Promise<void> {
  const choice = { mail, customer: "Acme", job: "", name, resource_type: await typeId() };
  const sent = await submit(oto, approveMail, choice).catch((error: unknown) => error);
  if (!(sent instanceof Interrupt)) throw new Error(JSON.stringify(sent));
}

/** @returns the id of a reparse that was read to its end. */
async function started(values: Parameters<typeof submit>[2]): Promise<string> {
  const sent = await submit(ada, startReparse, values).catch((error: unknown) => error);
  if (!(sent instanceof Interrupt)) throw new Error(JSON.stringify(sent));
  const id = sent.address.split("/").at(-1) ?? "";
  await worked(id, "reading");
  return id;
}

/** The action has begun to work on it too, and whoever is second leaves it to the other. */
async function worked(id: string, at: "reading" | "applying"): Promise<void> {
  await workOnReparses();
  await vi.waitFor(async () => expect((await opened(id)).state).not.toBe(at), 30_000);
}

async function opened(id: string) {
  actAs(ada);
  return getReparse(id);
}

async function applied(id: string, values: object = {}): Promise<void> {
  expect(await submit(ada, applyReparse, { id, ...values })).toMatchObject({ status: "done" });
  await worked(id, "applying");
  expect((await opened(id)).state).toBe("applied");
}

test("mails are read once more, what would change is shown, and nothing changes before it is applied", async () => {
  const first = await deliver(nasMail("photos", "shone"));
  const other = await deliver(vzdumpMail({ host: "pve-same" }));
  const before = await mailOf(first);
  await putRule(rule());
  const id = await started({ which: "all" });
  const shown = await opened(id);
  expect(shown).toMatchObject({ state: "ready", changeCount: 1, done: shown.total });
  expect(shown.changes.map(({ mailId }) => mailId)).toEqual([first]);
  expect(shown.changes[0]?.after).toMatchObject({ kind: "run", results: [{ jobName: "photos", status: "success" }] });
  expect(await mailOf(first)).toEqual(before);
  await applied(id);
  expect(await mailOf(first)).toMatchObject({ kind: "run", parser: expect.stringMatching(/^rule:/), jobId: null });
  expect((await mailOf(other)).parser).toBe("vzdump");
  const actions = await db().select().from(auditEntries).where(eq(auditEntries.targetId, id));
  expect(actions.map(({ action }) => action)).toEqual(["reparse.start", "reparse.apply"]);
  actAs(ada);
  expect(await listReparses()).toMatchObject([{ id, state: "applied", applied: 1 }]);
});

test("where nothing would change there is nothing to decide", async () => {
  const id = await started({ which: "all" });
  expect(await opened(id)).toMatchObject({ state: "applied", changeCount: 0 });
  expect(await submit(ada, applyReparse, { id })).toMatchObject({ status: "refused" });
});

test("a mail whose key is known now becomes a run; the run of a filed mail follows, and its job learns the new key", async () => {
  const [photos] = await db().select().from(mails).where(like(mails.parser, "rule:%")).limit(1);
  await approve(photos?.id ?? "", "Photos");
  const job = await jobNamed("Photos");
  await putRule(rule({ words: { failed: ["shone"], warning: [], success: [] }, software: "NAS tool 2" }));
  const id = await started({ which: "days", days: 4000 });
  await applied(id);
  expect(await runsOf(job.id)).toMatchObject([{ status: "failed" }]);
  const keys = await db().select().from(jobKeys).where(eq(jobKeys.jobId, job.id));
  expect(keys.map(({ matchKey }) => matchKey.split("|")[0]).sort()).toEqual(["nas tool", "nas tool 2"]);
  const next = await deliver(nasMail("photos", "shone", 21));
  expect((await mailOf(next)).jobId).toBe(job.id);
});

test("a reviewed run changes only when that is said, and comes up again when its status did", async () => {
  const job = await jobNamed("Photos");
  const reviewed = { reviewedAt: new Date(), reviewer: "oto", reviewedBy: oto.id };
  await transaction((tx) => tx.update(runs).set(reviewed).where(eq(runs.jobId, job.id)));
  await putRule(rule({ words: { failed: [], warning: ["shone"], success: [] }, software: "NAS tool 2" }));
  const first = await started({ which: "all" });
  await applied(first);
  expect((await runsOf(job.id)).map(({ status }) => status)).toEqual(["failed", "failed"]);
  expect((await opened(first)).applied).toBe(0);
  await applied(await started({ which: "all" }), { also_reviewed: "on" });
  expect((await runsOf(job.id)).map(({ status, reviewedAt }) => [status, reviewedAt])).toEqual([
    ["warning", null],
    ["warning", null],
  ]);
});

test("objects of a run follow too", async () => {
  const mail = await deliver(sampleMail("veeam-agent/managed-several-objects"));
  await approve(mail, "Objects");
  const [run] = await runsOf((await jobNamed("Objects")).id);
  const objects = () => db().$count(runObjects, eq(runObjects.runId, run?.id ?? ""));
  const now = await objects();
  const [stored] = (await mailOf(mail)).parsed as object[];
  await transaction(async (tx) => {
    await tx.delete(runObjects).where(eq(runObjects.runId, run?.id ?? ""));
    await tx
      .update(runs)
      .set({ sizeBytes: 1 })
      .where(eq(runs.id, run?.id ?? ""));
    await tx
      .update(mails)
      .set({ parsed: [{ ...stored, objects: [], sizeBytes: 1 }] })
      .where(eq(mails.id, mail));
  });
  await applied(await started({ which: "mails", "ids[]": [mail] }));
  expect(await objects()).toBe(now);
  expect((await runsOf((await jobNamed("Objects")).id))[0]?.sizeBytes).toBe(run?.sizeBytes);
});

test("a mail that turns out to be a digest is taken apart, and one that is no result leaves its job", async () => {
  const digest = await deliver(sampleMail("generic/two-attached-mails"));
  await transaction(async (tx) => {
    await tx.delete(mails).where(eq(mails.parentId, digest));
    await tx.update(mails).set({ kind: "unknown", parsed: [] }).where(eq(mails.id, digest));
  });
  await approve(digest, "Was one");
  const filed = await deliver(nasMail("music", "shone"));
  await approve(filed, "Music");
  await putRule(rule({ isResult: false, conditions: [{ field: "subject", comparison: "contains", text: "music" }] }));
  await applied(await started({ which: "mails", "ids[]": [digest, filed] }));
  expect(await mailOf(digest)).toMatchObject({ kind: "digest", jobId: null });
  expect(await db().$count(mails, eq(mails.parentId, digest))).toBeGreaterThan(1);
  expect(await runsOf((await jobNamed("Was one")).id)).toEqual([]);
  expect(await mailOf(filed)).toMatchObject({ kind: "info", jobId: null });
  expect(await runsOf((await jobNamed("Music")).id)).toEqual([]);
});

test("mails without their source are skipped and counted", async () => {
  const mail = await deliver(nasMail("gone", "broke"));
  const purged = { raw: new Uint8Array(), rawPurgedAt: new Date() };
  await transaction((tx) => tx.update(mails).set(purged).where(eq(mails.id, mail)));
  expect(await submit(ada, startReparse, { which: "mails", "ids[]": [mail] })).toMatchObject({
    message: "There is no mail to read: none of these is kept with its source.",
  });
  const other = await deliver(nasMail("here", "broke"));
  const id = await started({ which: "mails", "ids[]": [mail, other] });
  expect(await opened(id)).toMatchObject({ total: 1, choice: { skipped: 1 } });
});

test("a cancelled one changes nothing, and one that was interrupted goes on where it stopped", async () => {
  await putRule(rule({ software: "NAS tool 3" }));
  const mail = await deliver(nasMail("late", "grumbled"));
  await putRule(rule({ software: "NAS tool 4" }));
  const id = await started({ which: "mails", "ids[]": [mail] });
  expect(await submit(ada, cancelReparse, { id })).toMatchObject({ message: "It was cancelled. Nothing was changed." });
  await workOnReparses();
  expect((await mailOf(mail)).matchKey).toContain("nas tool 3");
  expect(await submit(ada, cancelReparse, { id })).toMatchObject({ status: "refused" });

  const again = await submit(ada, startReparse, { which: "all" }).catch((error: unknown) => error);
  const next = (again as Interrupt).address.split("/").at(-1) ?? "";
  const stop = new AbortController();
  stop.abort();
  await workOnReparses(stop.signal);
  expect((await opened(next)).done).toBe(0);
  await Promise.all([workOnReparses(), workOnReparses()]);
  await workOnReparses();
  const done = await opened(next);
  expect(done).toMatchObject({ state: "ready", done: done.total });
  expect(
    await db().$count(reparseChanges, and(eq(reparseChanges.reparseId, next), eq(reparseChanges.mailId, mail))),
  ).toBe(1);
});

test("of a mail that was deleted it is said that it was, and it makes no run", async () => {
  const gone = await deliver(nasMail("attic", "shone"));
  await transaction((tx) => tx.update(mails).set({ deletedAt: new Date() }).where(eq(mails.id, gone)));
  await putRule(rule({ software: "NAS tool 9" }));
  const id = await started({ which: "all" });
  const change = (await opened(id)).changes.find(({ mailId }) => mailId === gone);
  expect(change).toMatchObject({ deletedAt: expect.any(Date), jobId: null });
  await applied(id);
  expect(await mailOf(gone)).toMatchObject({ jobId: null, parser: expect.stringMatching(/^rule:/) });
});

test("it is for who manages settings and covers every job", async () => {
  await expect(submit(oto, startReparse, { which: "all" })).rejects.toEqual(new Interrupt("forbidden"));
  await addRole("Of chosen", ["settings.manage", "inbox.view", "customers.view", "resources.view"], {
    "customers.view": only("00000000-0000-0000-0000-000000000001"),
    "resources.view": ALL,
  });
  const eve = await person("eve", "Of chosen");
  expect(await submit(eve, startReparse, { which: "all" })).toMatchObject({ status: "refused" });
  const [one] = await db().select().from(reparses).limit(1);
  expect(await submit(eve, cancelReparse, { id: one?.id ?? "" })).toMatchObject({ status: "refused" });
  actAs(eve);
  expect(await listReparses()).toEqual([]);
  await expect(getReparse(one?.id ?? "")).rejects.toEqual(new Interrupt("not-found"));
});
