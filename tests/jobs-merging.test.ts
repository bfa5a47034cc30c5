import { eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { quietTimes } from "@/lib/db/schema/calendar";
import { jobKeys, jobs } from "@/lib/db/schema/desk";
import { overrides } from "@/lib/db/schema/overrides";
import { runs } from "@/lib/db/schema/runs";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { approveMail } from "@/lib/filing/actions";
import { forgetKey, mergeJob, moveKey, splitJob } from "@/lib/filing/merging/actions";
import { findOtherJobs, getMergePlan, lookalikes } from "@/lib/filing/merging/queries";
import { keyValue } from "@/lib/filing/merging/schema";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";
import { deliver, jobNamed, mailOf, runsOf, typeId, vzdumpMail } from "./support/mails";
import { addRole, only } from "./support/roles";

let oto: Person;
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
});
afterAll(closeTestDatabase);

const night = (day: number) => `Sat, ${day} Nov 2026 01:03:00 +0000`;
const keysOf = (jobId: string) => db().select().from(jobKeys).where(eq(jobKeys.jobId, jobId));
const scopesOf = (jobId: string) => db().select().from(ticketScopes).where(eq(ticketScopes.jobId, jobId));

/** Sends a form that must lead somewhere. @returns the address. */
async function sent(...[who, act, values]: Parameters<typeof submit>): Promise<string> {
  const answer = await submit(who, act, values).catch((error: unknown) => error);
  if (!(answer instanceof Interrupt && answer.kind === "redirect")) throw new Error(JSON.stringify(answer));
  return answer.address;
}

async function approve(mail: string, name: string, job = ""): Promise<void> {
  await sent(oto, approveMail, { mail, customer: "Acme", job, name, resource_type: await typeId() });
}

async function addTicket(title: string, ...jobIds: string[]): Promise<string> {
  return transaction(async (tx) => {
    const [made] = await tx.insert(tickets).values({ kind: "remark", title, createdBy: "oto" }).returning();
    const ticketId = made?.id ?? "";
    await tx.insert(ticketScopes).values(jobIds.map((jobId) => ({ ticketId, jobId })));
    return ticketId;
  });
}

test("merging says before what will happen, and then just that happens, in one audited step", async () => {
  await approve(await deliver(vzdumpMail({ host: "pve-a" })), "A");
  await approve(await deliver(vzdumpMail({ host: "pve-b", date: night(20) })), "B");
  const [a, b] = [await jobNamed("A"), await jobNamed("B")];
  const at = new Date("2026-11-01T02:00:00Z");
  const reviewed = { reviewedAt: new Date(), reviewer: "oto", reviewedBy: oto.id };
  await runOf(a, "failed", 0, { startedAt: at, ranAt: at, ...reviewed });
  await runOf(b, "failed", 0, { startedAt: at, ranAt: at });
  await runOf(a, "missed" as "failed", 0, { ranAt: at, slotDate: "2026-11-02", slotIndex: 0 });
  await runOf(b, "missed" as "failed", 0, { ranAt: at, slotDate: "2026-11-02", slotIndex: 0 });
  await addTicket("both", a.id, b.id);
  await addTicket("only a", a.id);
  const when = { startsAt: at, createdBy: "oto" };
  await transaction(async (tx) => {
    await tx.insert(overrides).values({ scope: "job", jobId: a.id, statuses: ["failed"], reason: "known", ...when });
    const named = { kind: "maintenance", name: "move", endsAt: new Date() } as const;
    await tx.insert(quietTimes).values({ ...named, ...when, jobId: a.id });
  });
  actAs(oto);
  const plan = await getMergePlan(a.id, b.id);
  expect(plan).toEqual({
    into: "B",
    customer: { from: "Acme", to: "Acme" },
    ...{ runs: 1, doubles: 2, mails: 1, keys: 1, tickets: 2, overrides: 1, quietTimes: 1 },
  });

  expect(await sent(oto, mergeJob, { id: a.id, into: b.id })).toContain(`/jobs/${b.id}`);
  expect(await db().select().from(jobs).where(eq(jobs.id, a.id))).toEqual([]);
  expect(await runsOf(b.id)).toHaveLength(4);
  const twin = (await runsOf(b.id)).find(({ startedAt }) => startedAt?.getTime() === at.getTime());
  expect(twin).toMatchObject({ reviewer: "oto" });
  expect(await keysOf(b.id)).toHaveLength(2);
  expect(await scopesOf(b.id)).toHaveLength(2);
  expect(await db().$count(overrides, eq(overrides.jobId, b.id))).toBe(1);
  expect(await db().$count(quietTimes, eq(quietTimes.jobId, b.id))).toBe(1);
  const [entry] = await db().select().from(auditEntries).where(eq(auditEntries.action, "job.merge"));
  expect(entry).toMatchObject({
    targetId: b.id,
    target: "B",
    before: { name: "A", customer: "Acme" },
    after: { into: "B", runs: 1, droppedRuns: 2, mails: 1, keys: 1, tickets: 1, overrides: 1, quietTimes: 1 },
  });
  const next = await deliver(vzdumpMail({ host: "pve-a", date: night(22) }));
  expect((await mailOf(next)).jobId).toBe(b.id);
});

test("a job is not merged into itself, an archived one, or one that the role does not cover", async () => {
  const [acme, beta] = [await customerNamed("Mine"), await customerNamed("Theirs")];
  const [mine, old, theirs] = [
    await jobOf(acme, "mine"),
    await jobOf(acme, "old", { archivedAt: new Date() }),
    await jobOf(beta, "theirs"),
  ];
  expect(await submit(oto, mergeJob, { id: mine.id, into: mine.id })).toMatchObject({
    errors: { into: "Choose another job." },
  });
  expect(await submit(oto, mergeJob, { id: mine.id, into: old.id })).toMatchObject({
    errors: { into: "old is archived and receives no runs." },
  });
  await addRole("Of mine", ["customers.view", "resources.view", "jobs.manage"], {
    "customers.view": only(acme.id),
    "resources.view": [{ type: null, elementId: null, included: true }],
  });
  const eve = await person("eve", "Of mine");
  for (const [id, into] of [
    [mine.id, theirs.id],
    [theirs.id, mine.id],
  ] as const) {
    expect(await submit(eve, mergeJob, { id, into })).toMatchObject({ message: "This job does not exist any more." });
    expect(await getMergePlan(id, into)).toBeNull();
  }
  expect((await findOtherJobs(mine.id, "")).map(({ name }) => name)).toEqual([]);
  const vi = await person("vi", "Viewer");
  await expect(submit(vi, mergeJob, { id: mine.id, into: theirs.id })).rejects.toThrow("forbidden");
});

test("splitting takes chosen keys and what came by them into a new job", async () => {
  await approve(await deliver(vzdumpMail({ host: "pve-c" })), "Mixed");
  const mixed = await jobNamed("Mixed");
  await approve(await deliver(vzdumpMail({ host: "pve-d", date: night(20) })), "Mixed", mixed.id);
  const missed = await runOf(mixed, "missed" as "failed", 5);
  const [first, second] = await keysOf(mixed.id);
  if (!first || !second) throw new Error("Two keys were expected.");
  const d = [first, second].find(({ matchKey }) => matchKey.includes("pve-d")) ?? second;
  const form = { id: mixed.id, name: "Split off", host: "pve-d" };
  const both = [keyValue(first), keyValue(second)];
  expect(await submit(oto, splitJob, { ...form, "keys[]": both })).toMatchObject({
    errors: { keys: "Something must stay with the job it is split from." },
  });
  expect(await submit(oto, splitJob, { ...form, "keys[]": ["{"] })).toMatchObject({
    errors: { keys: "Choose what belongs to the new job." },
  });
  await sent(oto, splitJob, { ...form, "keys[]": [keyValue(d)] });
  const made = await jobNamed("Split off");
  expect(made).toMatchObject({
    host: "pve-d",
    software: "Proxmox VE",
    jobType: "vzdump",
    customerId: mixed.customerId,
  });
  expect(await runsOf(made.id)).toHaveLength(1);
  expect((await runsOf(mixed.id)).map(({ id }) => id)).toContain(missed.id);
  expect(await runsOf(mixed.id)).toHaveLength(2);
  expect((await mailOf(await deliver(vzdumpMail({ host: "pve-d", date: night(21) })))).jobId).toBe(made.id);
  expect((await mailOf(await deliver(vzdumpMail({ host: "pve-c", date: night(19) })))).jobId).toBe(mixed.id);
});

test("a key is forgotten, or moved to another job; only the next mails follow it", async () => {
  const [mixed, other] = [await jobNamed("Mixed"), await jobNamed("Split off")];
  const [key] = await keysOf(mixed.id);
  const form = { id: mixed.id, match_key: key?.matchKey ?? "", sender: key?.sender ?? "" };
  const before = await runsOf(mixed.id);
  expect(await submit(oto, moveKey, { ...form, into: other.id })).toMatchObject({ status: "done" });
  expect((await mailOf(await deliver(vzdumpMail({ host: "pve-c", date: night(17) })))).jobId).toBe(other.id);
  expect(await runsOf(mixed.id)).toEqual(before);
  expect(await submit(oto, forgetKey, form)).toMatchObject({ status: "refused" });
  expect(await submit(oto, forgetKey, { ...form, id: other.id })).toMatchObject({ status: "done" });
  expect((await mailOf(await deliver(vzdumpMail({ host: "pve-c", date: night(16) })))).jobId).toBeNull();
});

test("jobs that differ in case, spacing or the domain of the host only look alike; nothing merges them by itself", async () => {
  const customer = await customerNamed("Alike");
  const names = {
    one: "veeam|srv-1.acme.local|daily - backup|backup",
    two: "veeam|srv-1|Daily_Backup|backup",
    otherHost: "veeam|srv-2|daily backup|backup",
    otherType: "veeam|srv-1|daily backup|replication",
    address: "veeam|10.0.0.1|daily backup|backup",
    otherAddress: "veeam|10.0.0.2|daily backup|backup",
    digest: "sha256:abc",
  };
  const made: Record<string, string> = {};
  for (const [name, matchKey] of Object.entries(names)) {
    const job = await jobOf(customer, name);
    made[name] = job.id;
    await transaction((tx) => tx.insert(jobKeys).values({ matchKey, sender: `${name}@x.example`, jobId: job.id }));
  }
  actAs(oto);
  const alike = async (name: string) => (await lookalikes(made[name] ?? "")).map((job) => job.name);
  expect(await alike("one")).toEqual(["two"]);
  expect(await alike("two")).toEqual(["one"]);
  for (const name of ["otherHost", "otherType", "address", "digest"]) expect(await alike(name), name).toEqual([]);
  expect(await db().$count(jobs, eq(jobs.customerId, customer.id))).toBe(7);
});

test("two who merge the same job at once: one is told that it is gone", async () => {
  const customer = await customerNamed("Racing");
  const [from, one, two] = [await jobOf(customer, "r"), await jobOf(customer, "one"), await jobOf(customer, "two")];
  await runOf(from, "success");
  const answers = await Promise.allSettled(
    [one, two].map(({ id }) => submit(oto, mergeJob, { id: from.id, into: id })),
  );
  const moved = answers.filter((answer) => answer.status === "rejected");
  expect(moved).toHaveLength(1);
  expect((await runsOf(one.id)).length + (await runsOf(two.id)).length).toBe(1);
  expect(await db().$count(runs, isNull(runs.jobId))).toBe(0);
});
