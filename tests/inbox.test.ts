import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { approveMail } from "@/lib/filing/actions";
import { choices } from "@/lib/filing/choices";
import { getApproval, listSuggestions } from "@/lib/filing/queries";
import { readListQuery, type SearchParams } from "@/lib/list";
import { deleteMails, purgeMails, restoreMails } from "@/lib/mails/actions";
import {
  type DeletedSort,
  getDeletion,
  getInboxMail,
  getInboxSource,
  getInboxText,
  type InboxSort,
  listDeletedMails,
  listInbox,
} from "@/lib/mails/queries";
import { accessOf, actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { deliver, jobNamed, mailOf, sampleMail, strangeMail, typeId, vzdumpMail } from "./support/mails";

let ada: Person;
let oto: Person;
let vi: Person;
beforeAll(async () => {
  await openTestDatabase();
  [ada, oto, vi] = [await person("ada", "Admin"), await person("oto", "Operator"), await person("vi", "Viewer")];
});
afterAll(closeTestDatabase);

const inbox = (params: SearchParams = {}) =>
  listInbox(readListQuery<InboxSort>(params, ["-received", "received", "subject", "from"], ["kind"]));
const deletedList = (params: SearchParams = {}) =>
  listDeletedMails(readListQuery<DeletedSort>(params, ["-deleted", "deleted", "subject", "from"]));
const subjectsOf = ({ rows }: { rows: { subject: string }[] }) => rows.map(({ subject }) => subject);
const auditOf = (action: string) => db().select().from(auditEntries).where(eq(auditEntries.action, action));

test("the Inbox is searched by subject and sender, sorted, and filtered by kind", async () => {
  await deliver(strangeMail("Banana 100% ripe"));
  await deliver(strangeMail("apple"));
  await deliver(vzdumpMail({ host: "cherry", from: "root@cherry.example" }));
  actAs(vi);
  expect(subjectsOf(await inbox({ q: "100%" }))).toEqual(["Banana 100% ripe"]);
  expect(subjectsOf(await inbox({ q: "%" }))).toEqual(["Banana 100% ripe"]);
  expect(subjectsOf(await inbox({ q: "CHERRY.example" }))).toEqual([
    "vzdump backup status (cherry): backup successful",
  ]);
  expect(subjectsOf(await inbox({ sort: "subject" })).slice(0, 2)).toEqual(["apple", "Banana 100% ripe"]);
  expect(subjectsOf(await inbox({ kind: "run" }))).toEqual(["vzdump backup status (cherry): backup successful"]);
  expect((await inbox({ kind: "run" })).rows[0]).toMatchObject({
    status: "success",
    software: "Proxmox VE",
    host: "cherry",
  });
  expect((await inbox({ kind: "nonsense" })).total).toBe("3");
});

test("the Inbox is paged without losing or repeating a mail, back and forth", async () => {
  const raw = Buffer.from("Subject: many\r\n\r\n");
  const rows = Array.from({ length: 120 }, (_, n) => ({
    source: "sample" as const,
    broughtBy: "ada",
    raw,
    sizeBytes: raw.length,
    dedupeKey: `many ${n}`,
    subject: `many ${n}`,
    kind: "unknown" as const,
    receivedAt: new Date(Date.UTC(2026, 0, 1, 0, Math.floor(n / 7))),
  }));
  await transaction((tx) => tx.insert(mails).values(rows));
  actAs(vi);
  const seen: string[] = [];
  let page = await inbox({ q: "many" });
  for (;;) {
    seen.push(...page.rows.map(({ id }) => id));
    if (!page.next) break;
    page = await inbox({ q: "many", after: `${page.next.id}~${page.next.value}` });
  }
  expect(new Set(seen).size).toBe(120);
  expect(seen).toHaveLength(120);
  const back = await inbox({ q: "many", before: `${page.previous?.id}~${page.previous?.value}` });
  expect(back.rows.map(({ id }) => id)).toEqual(seen.slice(50, 100));
  expect(back.total).toBe("120");
  await transaction((tx) => tx.delete(mails).where(eq(mails.source, "sample")));
});

test("a mail shows what was read and why; one that is not in the Inbox does not exist", async () => {
  const id = await deliver(sampleMail("veeam/warning-german"));
  actAs(vi);
  const mail = await getInboxMail(id);
  expect(mail.parsed[0]).toMatchObject({
    status: "warning",
    evidence: expect.arrayContaining([{ field: "status", text: expect.any(String) }]),
  });
  expect(mail.hasHtml).toBe(true);
  expect(await getInboxText(id)).not.toBe("");
  expect(await getInboxSource(id)).toMatch(/^[\w-]+: /);
  await submit(oto, deleteMails, { "ids[]": [id] });
  actAs(vi);
  for (const gone of [id, "00000000-0000-0000-0000-000000000000", "1' or true"])
    await expect(getInboxMail(gone)).rejects.toEqual(new Interrupt("not-found"));
});

test("the job of the same key is suggested, else the only customer of the host or sender", async () => {
  const first = await deliver(vzdumpMail({ host: "pve-s", from: "root@acme.example" }));
  const choice = { customer: "Acme", job: "", name: "pve-s nightly", host: "PVE-S", resource_type: await typeId() };
  await submit(oto, approveMail, { mail: first, ...choice }).catch(() => {});
  const job = await jobNamed("pve-s nightly");
  const { matchKey } = await mailOf(first);
  const clue = (change: object) => ({ matchKey: null, host: null, fromAddress: "", customer: null, ...change });
  actAs(oto);
  expect(
    await listSuggestions([
      clue({ matchKey, fromAddress: "elsewhere@other.example" }),
      clue({ host: "pve-s" }),
      clue({ fromAddress: "ROOT@acme.example" }),
      clue({ fromAddress: "nobody@other.example", host: "" }),
    ]),
  ).toEqual([
    { customer: "Acme", jobId: job.id, job: "pve-s nightly", by: "key" },
    { customer: "Acme", jobId: null, job: null, by: "host" },
    { customer: "Acme", jobId: null, job: null, by: "sender" },
    null,
  ]);
  const told = async (change: object) => (await listSuggestions([clue(change)]))[0];
  expect(await told({ matchKey: matchKey?.replace("pve-s", "pve-s.acme.local") })).toMatchObject({
    ...{ by: "alike", jobId: job.id },
  });
  expect(await told({ fromAddress: "nas-9@acme.example" })).toMatchObject({ customer: "Acme", by: "domain" });
  expect(await told({ customer: "ACME", fromAddress: "noreply@many.example" })).toMatchObject({
    ...{ customer: "Acme", by: "tenant" },
  });
  expect(await told({ customer: "Newcomer", fromAddress: "root@acme.example" })).toMatchObject({
    ...{ customer: "Newcomer", by: "named" },
  });
  actAs(vi);
  expect(await told({ customer: "Newcomer" }), "who may not add customers is not told to").toBeNull();
  const second = await deliver(vzdumpMail({ host: "pve-t", from: "root@acme.example" }));
  const bolt = { customer: "Bolt", job: "", name: "pve-t nightly", resource_type: await typeId() };
  await submit(oto, approveMail, { mail: second, ...bolt }).catch(() => {});
  actAs(oto);
  expect(await listSuggestions([clue({ fromAddress: "root@acme.example" })]), "now it speaks for two").toEqual([null]);
  expect(await getApproval(second)).toMatchObject({ customer: "Bolt", job: "pve-t nightly", together: 1 });
});

test("customers and their jobs are offered while one types, without those that are gone", async () => {
  await transaction((tx) => tx.insert(customers).values({ name: "Acme Old", deactivatedAt: new Date() }));
  actAs(oto);
  const ask = async (query: string) =>
    (await choices(await accessOf(oto), new Request(`http://localhost/api/mails/choices?${query}`))).json();
  expect(await ask("q=acM")).toEqual({ names: ["Acme"] });
  expect(await ask("customer=acme")).toMatchObject({ jobs: [{ name: "pve-s nightly", host: "PVE-S" }] });
  expect(await ask("customer=Nobody")).toEqual({ jobs: null });
  expect(await ask("customer=Acme+Old")).toEqual({ jobs: null });
  actAs(vi);
  await expect(ask("q=")).rejects.toEqual(new Interrupt("forbidden"));
});

test("a deleted mail can be put back, or deleted for good; all of it is in the audit log", async () => {
  const [one, two] = [await deliver(strangeMail("one")), await deliver(strangeMail("two"))];
  expect(await submit(oto, deleteMails, { "ids[]": [one, two] })).toMatchObject({
    message: "2 mails moved to Deleted Mails.",
  });
  actAs(oto);
  expect(await getDeletion(one)).toBe("one");
  actAs(ada);
  expect(await getDeletion(one), "only who deleted it is told").toBeNull();
  expect(subjectsOf(await deletedList({ q: "anna@acme", sort: "subject" }))).toEqual(["one", "two"]);
  expect(await submit(ada, restoreMails, { "ids[]": [one, two], one })).toMatchObject({ message: "“one” restored." });
  expect(await mailOf(one)).toMatchObject({ deletedAt: null, deletedBy: null });
  expect(await submit(ada, purgeMails, { "ids[]": [one, two] })).toMatchObject({ message: "“two” deleted for good." });
  expect(await db().$count(mails, eq(mails.id, two))).toBe(0);
  expect(await auditOf("mail.delete")).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ targetId: one, actor: "oto" })]),
  );
  expect(await auditOf("mail.restore")).toMatchObject([{ targetId: one, actor: "ada" }]);
  expect(await auditOf("mail.purge")).toMatchObject([{ targetId: two, actor: "ada", target: "two" }]);
  expect(await submit(ada, purgeMails, { "ids[]": [two] })).toMatchObject({ status: "refused" });
  expect(await submit(ada, restoreMails, {})).toMatchObject({ status: "invalid" });
});

test("operators and viewers neither see nor touch Deleted Mails", async () => {
  const id = await deliver(strangeMail("kept"));
  await submit(oto, deleteMails, { "ids[]": [id] });
  for (const who of [oto, vi]) {
    actAs(who);
    await expect(deletedList()).rejects.toEqual(new Interrupt("forbidden"));
    await expect(submit(who, restoreMails, { "ids[]": [id] })).rejects.toEqual(new Interrupt("forbidden"));
    await expect(submit(who, purgeMails, { "ids[]": [id] })).rejects.toEqual(new Interrupt("forbidden"));
  }
  expect((await mailOf(id)).deletedBy).toBe("oto");
});
