import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers, jobs } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { approveMail, approveSuggested } from "@/lib/filing/actions";
import { type BulkLine, previewApprovals } from "@/lib/filing/bulk-approve";
import { accessOf, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { deliver, jobNamed, mailOf, runsOf, strangeMail, typeId, vzdumpMail } from "./support/mails";
import { ALL, addRole, only } from "./support/roles";

let oto: Person;
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
});
afterAll(closeTestDatabase);
vi.setConfig({ testTimeout: 60_000 });

const night = (day: number) => `Sat, ${day} Nov 2026 01:03:00 +0000`;

async function approve(mail: string, name: string, customer: string): Promise<void> {
  const choice = { mail, customer, job: "", name, host: name, software: "Proxmox VE", job_type: "vzdump" };
  const sent = await submit(oto, approveMail, { ...choice, resource_type: await typeId() }).catch(
    (error: unknown) => error,
  );
  if (!(sent instanceof Interrupt)) throw new Error(JSON.stringify(sent));
}

async function preview(ids: string[], who = oto): Promise<BulkLine[]> {
  const request = new Request("http://localhost/api/mails/approvals", { method: "POST", body: JSON.stringify(ids) });
  return (await (await previewApprovals(await accessOf(who), request)).json()) as BulkLine[];
}

test("many mails are approved in one go, each as suggested; what is not clear stays and says why", async () => {
  await approve(await deliver(vzdumpMail({ host: "pve-1", from: "root@acme.example" })), "pve-1", "Acme");
  const other = await deliver(vzdumpMail({ host: "pve-1", from: "relay@elsewhere.example", date: night(20) }));
  const two = await deliver(vzdumpMail({ host: "pve-2", from: "root@acme.example" }));
  const twoAgain = await deliver(vzdumpMail({ host: "pve-2", from: "root@acme.example", date: night(19) }));
  const twoElsewhere = await deliver(vzdumpMail({ host: "pve-2", from: "backup@acme.example", date: night(18) }));
  const strange = await deliver(strangeMail("Backup of everything"));
  const nobody = await deliver(vzdumpMail({ host: "pve-9", from: "root@nobody.example" }));
  const named = await deliver(vzdumpMail({ host: "pve-8", from: "root@many.example" }));
  const [{ parsed }] = [await mailOf(named)];
  const told = (parsed as object[]).map((run) => ({ ...run, customer: "Newcomer" }));
  await transaction((tx) => tx.update(mails).set({ parsed: told }).where(eq(mails.id, named)));
  const all = [other, two, twoAgain, twoElsewhere, strange, nobody, named];

  const lines = new Map((await preview(all)).map((line) => [line.id, line]));
  expect(lines.get(other)).toMatchObject({ approves: true, does: "Run of pve-1, Acme" });
  expect(lines.get(two)).toMatchObject({ approves: true, does: expect.stringMatching(/^New job .*, Acme$/) });
  expect(lines.get(twoAgain)?.does).toMatch(/^Goes along with/);
  expect(lines.get(strange)).toMatchObject({ approves: false });
  expect(lines.get(nobody)).toMatchObject({ approves: false, does: "Nothing is suggested for it." });
  expect(lines.get(named)?.does).toMatch(/^New job .*, new customer Newcomer$/);

  const answer = await submit(oto, approveSuggested, { "ids[]": all });
  expect(answer).toMatchObject({ status: "done", message: "5 mails approved. 2 mails stayed." });
  const { stayed } = answer.data as { stayed: BulkLine[] };
  expect(stayed.map(({ id }) => id).sort()).toEqual([strange, nobody].sort());
  expect((await mailOf(other)).jobId).toBe((await jobNamed("pve-1")).id);
  const made = (await mailOf(two)).jobId ?? "";
  expect(await runsOf(made), "three nights of one new job, from two senders").toHaveLength(3);
  expect((await mailOf(twoElsewhere)).jobId).toBe(made);
  expect(await db().$count(customers, eq(customers.name, "Newcomer"))).toBe(1);
  const entries = await db().select().from(auditEntries).where(eq(auditEntries.action, "mail.approve"));
  expect(entries.filter(({ outcome, targetId }) => outcome === "done" && all.includes(targetId ?? ""))).toHaveLength(4);
  expect((await mailOf(strange)).jobId).toBeNull();
});

test("a mail that is refused is undone alone", async () => {
  const before = await db().$count(jobs);
  const fine = await deliver(vzdumpMail({ host: "pve-3", from: "root@acme.example" }));
  const twin = await deliver(vzdumpMail({ host: "pve-4", from: "root@acme.example" }));
  const job = await jobNamed("pve-1");
  const { parsed } = await mailOf(twin);
  const named = { name: (parsed as { jobName: string }[])[0]?.jobName ?? "", host: "pve-4", software: "Proxmox VE" };
  const { customerId, resourceTypeId } = job;
  await transaction((tx) => tx.insert(jobs).values({ ...named, customerId, resourceTypeId, jobType: "vzdump" }));
  const answer = await submit(oto, approveSuggested, { "ids[]": [twin, fine] });
  expect(answer).toMatchObject({ message: "1 mail approved. 1 mail stayed." });
  expect((answer.data as { stayed: BulkLine[] }).stayed[0]?.does).toContain("has this job already");
  expect((await mailOf(twin)).jobId).toBeNull();
  expect((await mailOf(fine)).jobId).not.toBeNull();
  expect(await db().$count(jobs)).toBe(before + 2);
});

test("nothing is suggested from what the role does not cover, and nobody approves without the right", async () => {
  const [acme] = await db().select().from(customers).where(eq(customers.name, "Newcomer"));
  await addRole("Of Newcomer", ["inbox.view", "inbox.process", "customers.view", "resources.view", "jobs.manage"], {
    "customers.view": only(acme?.id ?? ""),
    "resources.view": ALL,
  });
  const eve = await person("eve", "Of Newcomer");
  const mail = await deliver(vzdumpMail({ host: "pve-5", from: "root@acme.example" }));
  expect(await preview([mail], eve)).toMatchObject([{ approves: false, does: "Nothing is suggested for it." }]);
  expect(await submit(eve, approveSuggested, { "ids[]": [mail] })).toMatchObject({
    status: "refused",
    message: "Nothing was approved. Nothing is suggested for it.",
  });
  const viewer = await person("vi", "Viewer");
  await expect(submit(viewer, approveSuggested, { "ids[]": [mail] })).rejects.toThrow("forbidden");
  expect(await submit(oto, approveSuggested, {})).toMatchObject({ errors: { "": "Select at least one mail." } });
});

test("two who approve the same mails at once make nothing twice", async () => {
  const ids: string[] = [];
  for (const host of ["pve-10", "pve-11", "pve-12"])
    ids.push(await deliver(vzdumpMail({ host, from: "root@acme.example" })));
  const before = await db().$count(jobs);
  await Promise.all([ids, [...ids].reverse()].map((some) => submit(oto, approveSuggested, { "ids[]": some })));
  expect(await db().$count(jobs)).toBe(before + 3);
});
