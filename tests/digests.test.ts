import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { customers } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { approveMail } from "@/lib/filing/actions";
import { fileMail } from "@/lib/filing/file-mail";
import { fileNow } from "@/lib/filing/start";
import { parseMail } from "@/lib/mail/parse/parse";
import type { ParsedRun, ReadMail } from "@/lib/mail/parse/types";
import { deleteMails, purgeMails, restoreMails } from "@/lib/mails/actions";
import { getDigestOf, listParts } from "@/lib/mails/digests";
import { mailBody, mailSource } from "@/lib/mails/documents";
import { getInboxMail, listInbox } from "@/lib/mails/queries";
import { storeMail } from "@/lib/mails/store";
import { waitingMails } from "@/lib/mails/waiting";
import { accessOf, actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { deliver, jobNamed, mailOf, runsOf, sampleMail, strangeMail, typeId } from "./support/mails";
import { ALL, addRole, only } from "./support/roles";

let ada: Person;
let oto: Person;
beforeAll(async () => {
  await openTestDatabase();
  [ada, oto] = [await person("ada", "Admin"), await person("oto", "Operator")];
});
afterAll(closeTestDatabase);

const actor = { id: null, name: "nightly", role: "Intake key", address: "192.0.2.9" };

const result = (jobName: string, change: Partial<ParsedRun> = {}): ParsedRun => ({
  software: "Vault Suite",
  jobName,
  host: "srv-1",
  jobType: "backup",
  resourceType: "Server",
  status: "failed",
  message: `Message about ${jobName}`,
  startedAt: "2026-05-19T10:00:00.000Z",
  endedAt: null,
  durationSeconds: null,
  sizeBytes: null,
  transferredBytes: null,
  objects: [],
  matchKey: `vault suite|srv-1|${jobName.toLowerCase()}|backup`,
  evidence: [{ field: "status", text: `Backup failed of ${jobName}` }],
  notes: [],
  ...change,
});

/** Stores a message and files it as if these results had been read in it. @returns its id. */
async function deliverDigest(runs: ParsedRun[], change: Partial<ReadMail> = {}): Promise<string> {
  const raw = strangeMail("DAILY REPORT of Acme, Beta");
  const { id } = await storeMail({ raw, source: "intake", broughtBy: "nightly", actor });
  const read = await parseMail(raw, new Date().toISOString());
  const told = { text: "all of it", sentAt: "2026-05-20T05:00:00.000Z", parser: "vault" };
  await transaction((tx) => fileMail(tx, id, { ...read, ...told, kind: "digest", runs, ...change }));
  return id;
}

const partsOf = (parentId: string) =>
  db().select().from(mails).where(eq(mails.parentId, parentId)).orderBy(asc(mails.part));

async function approve(mail: string, name: string, customer = "Acme"): Promise<void> {
  const choice = { mail, customer, job: "", name, resource_type: await typeId() };
  const sent = await submit(oto, approveMail, choice).catch((error: unknown) => error);
  if (!(sent instanceof Interrupt)) throw new Error(JSON.stringify(sent));
}

test("a digest is taken apart: each result is a mail of its own that carries nothing of the others", async () => {
  const id = await deliverDigest([result("Alpha"), result("Beta", { status: "warning" }), result("Gamma")]);
  expect(await mailOf(id)).toMatchObject({ kind: "digest", jobId: null, matchKey: null });
  const parts = await partsOf(id);
  expect(parts.map(({ part, kind, source, matchKey }) => [part, kind, source, matchKey])).toEqual([
    [1, "run", "digest", "vault suite|srv-1|alpha|backup"],
    [2, "run", "digest", "vault suite|srv-1|beta|backup"],
    [3, "run", "digest", "vault suite|srv-1|gamma|backup"],
  ]);
  const [alpha] = parts;
  expect(alpha?.subject).toBe("Alpha on srv-1: Failed (part of a digest)");
  const whole = JSON.stringify([alpha, Buffer.from(alpha?.raw ?? []).toString()]);
  expect(whole).toContain("Backup failed of Alpha");
  expect(whole).not.toMatch(/Beta|Gamma|DAILY|all of it/);
  actAs(oto);
  const { rows } = await listInbox({ search: "", sort: "received", direction: "desc", cursor: null, filters: {} });
  expect(rows.map((row) => row.subject).sort()).toEqual(parts.map(({ subject }) => subject).sort());
});

test("the message of a part says what the part says when it is read once more", async () => {
  const id = await deliverDigest([result("Ünï €uro\r\nBcc: x@evil.example"), result("Other")], {
    fromName: 'Vault "Suite"\r\nX: y',
  });
  const [part] = await partsOf(id);
  const read = await parseMail(part?.raw ?? new Uint8Array(), new Date().toISOString());
  expect(read).toMatchObject({ fromAddress: "anna@acme.example", sentAt: "2026-05-20T05:00:00.000Z" });
  expect(read.subject).toBe("Ünï €uro Bcc: x@evil.example on srv-1: Failed (part of a digest)");
  expect(read.text).toContain("In the words of the mail:");
  expect(
    Buffer.from(part?.raw ?? [])
      .toString()
      .split("\r\n\r\n")[0],
  ).not.toMatch(/^(Bcc|X):/m);
});

test("parts of known jobs become their runs, the rest waits; a part is approved like any mail", async () => {
  const first = await deliverDigest([result("Known"), result("New one")]);
  await approve((await partsOf(first))[0]?.id ?? "", "Known");
  const job = await jobNamed("Known");
  expect(await runsOf(job.id)).toMatchObject([{ status: "failed", startedAt: new Date("2026-05-19T10:00:00Z") }]);

  const later = { startedAt: "2026-05-20T10:00:00.000Z", status: "success" } as const;
  const second = await deliverDigest([result("Known", later), result("New one", later)]);
  const [known, unknown] = await partsOf(second);
  expect(known?.jobId).toBe(job.id);
  expect(unknown?.jobId).toBeNull();
  expect((await runsOf(job.id)).map(({ status }) => status)).toEqual(["failed", "success"]);
});

test("the same digest again, or one that repeats an old result, makes no second run", async () => {
  const job = await jobNamed("Known");
  const before = await runsOf(job.id);
  const ended = { startedAt: null, endedAt: "2026-05-21T10:00:00.000Z" };
  await deliverDigest([result("Known"), result("Known", ended), result("New one")]);
  expect(await runsOf(job.id)).toHaveLength(before.length + 1);
  await deliverDigest([result("Known", ended), result("New one", { startedAt: "2026-05-22T10:00:00.000Z" })]);
  expect(await runsOf(job.id)).toHaveLength(before.length + 1);
  expect((await runsOf(job.id)).at(-1)?.ranAt).toEqual(new Date(ended.endedAt));
});

test("a digest that is read twice has each part once", async () => {
  const id = await deliverDigest([result("Twice"), result("Twice"), result("Twice too")]);
  expect(await partsOf(id)).toHaveLength(3);
  await transaction((tx) => tx.update(mails).set({ kind: "waiting" }).where(eq(mails.id, id)));
  const read = await parseMail(strangeMail(), new Date().toISOString());
  const runs = [result("Twice"), result("Twice"), result("Twice too"), result("Found late")];
  await transaction((tx) => fileMail(tx, id, { ...read, kind: "digest", runs }));
  expect((await partsOf(id)).map(({ subject }) => subject.split(" on ")[0])).toEqual([
    "Twice",
    "Twice",
    "Twice too",
    "Found late",
  ]);
});

test("mails that hang on one mail go the same way", async () => {
  const id = await deliver(sampleMail("generic/two-attached-mails"));
  expect((await mailOf(id)).kind).toBe("digest");
  expect((await partsOf(id)).length).toBeGreaterThan(1);
});

test("an unknown result in a digest waits as unknown", async () => {
  const id = await deliverDigest([result("Clear"), result("Cloudy", { status: "unknown" })]);
  expect((await partsOf(id)).map(({ kind, matchKey }) => [kind, matchKey !== null])).toEqual([
    ["run", true],
    ["unknown", false],
  ]);
});

test("the digest itself is only for those from whom no job is hidden", async () => {
  const id = await deliverDigest([result("Mine"), result("Theirs of Beta")]);
  const [mine, theirs] = await partsOf(id);
  await approve(mine?.id ?? "", "Mine");
  await approve(theirs?.id ?? "", "Theirs of Beta", "Beta");
  const [acme] = await db().select().from(customers).where(eq(customers.name, "Acme"));
  const marks = { "customers.view": only(acme?.id ?? ""), "resources.view": ALL };
  const rights = ["inbox.view", "customers.view", "resources.view"] as const;
  await addRole("Of Acme", [...rights], marks);
  await addRole("Of servers", [...rights], {
    "customers.view": ALL,
    "resources.view": [{ type: await typeId(), elementId: null, included: true }],
  });
  const source = async (who: Person, mail = "") =>
    (await mailSource(await accessOf(who), new Request("http://localhost"), { id: mail })).status;
  for (const role of ["Of Acme", "Of servers"]) {
    const who = await person(role.replace(" ", ""), role);
    expect(await source(who, id)).toBe(404);
    expect(await source(who, mine?.id)).toBe(200);
    if (role === "Of Acme") expect(await source(who, theirs?.id)).toBe(404);
    const body = await mailBody(await accessOf(who), new Request("http://localhost"), { id: mine?.id ?? "" });
    expect(await body.text()).not.toContain("Theirs");
    actAs(who);
    await expect(getInboxMail(id)).rejects.toThrow("not-found");
    expect(await getDigestOf(mine?.id ?? "")).toBeNull();
    expect(await listParts(id)).toEqual([]);
  }
  expect(await source(oto, id)).toBe(200);
  actAs(oto);
  expect(await getInboxMail(id)).toMatchObject({ kind: "digest" });
  expect(await getDigestOf(mine?.id ?? "")).toMatchObject({ id });
  expect(await listParts(id)).toMatchObject([
    { job: "Mine", customer: "Acme", status: "failed" },
    { job: "Theirs of Beta", customer: "Beta" },
  ]);
});

test("a digest that was deleted before it was read is taken apart when it is restored; gone for good takes its parts along", async () => {
  const raw = sampleMail("generic/two-attached-mails")
    .toString("latin1")
    .replace(/^message-id:.*$/im, "Message-ID: <deleted-early@acme.example>");
  const { id } = await storeMail({ raw: Buffer.from(raw, "latin1"), source: "intake", broughtBy: "nightly", actor });
  const gone = { deletedAt: new Date(), deletedBy: "oto" };
  await transaction((tx) => tx.update(mails).set(gone).where(eq(mails.id, id)));
  await fileNow();
  expect(await mailOf(id)).toMatchObject({ kind: "digest" });
  expect(await partsOf(id)).toEqual([]);
  expect(await submit(ada, restoreMails, { "ids[]": [id] })).toMatchObject({ status: "done" });
  await transaction((tx) => tx.update(mails).set({ attemptedAt: null }).where(eq(mails.id, id)));
  await fileNow();
  expect((await partsOf(id)).length).toBeGreaterThan(1);

  await transaction((tx) =>
    tx
      .update(mails)
      .set(gone)
      .where(and(eq(mails.id, id))),
  );
  expect(await submit(ada, purgeMails, { "ids[]": [id] })).toMatchObject({ status: "done" });
  expect(await partsOf(id)).toEqual([]);
});

test("what a digest says besides its results waits in the Inbox, for those from whom no customer is hidden", async () => {
  const alert = "Machine is offline for more than 30 days: OLD-PC";
  const id = await deliverDigest([result("Seen"), result("Seen too")], { alert });
  const shown = async (who: Person) => {
    actAs(who);
    const { rows } = await listInbox({ search: "", sort: "received", direction: "desc", cursor: null, filters: {} });
    return rows.filter((row) => row.id === id).map((row) => row.alert);
  };
  expect(await shown(oto)).toEqual([alert]);
  await addRole("Some mails", ["inbox.view", "customers.view", "resources.view"], { "customers.view": [] });
  const sam = await person("sam", "Some mails");
  expect(await shown(sam)).toEqual([]);
  const [mine, theirs] = [await waitingMails(await accessOf(oto)), await waitingMails(await accessOf(sam))];
  expect(mine - theirs).toBeGreaterThan(0);

  expect(await submit(oto, deleteMails, { "ids[]": [id] })).toMatchObject({ status: "done" });
  expect(await shown(oto)).toEqual([]);
  const [part] = await partsOf(id);
  expect(await submit(ada, purgeMails, { "ids[]": [id] })).toMatchObject({ status: "done" });
  await expect(mailOf(id)).rejects.toThrow("There is no such mail.");
  expect(await mailOf(part?.id ?? "")).toMatchObject({ parentId: null, kind: "run", subject: part?.subject });
});
