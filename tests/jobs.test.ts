import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers, jobKeys, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { runs } from "@/lib/db/schema/runs";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { openTicketsOfCustomer, openTicketsOfJob } from "@/lib/desk-overview/queries";
import { updateJob } from "@/lib/filing/editing/actions";
import { archiveJob, restoreJob } from "@/lib/jobs/actions";
import { getJob, jobHistory } from "@/lib/jobs/detail";
import { type JobSort, jobFilters, jobListFacts, jobSorts, listJobs } from "@/lib/jobs/queries";
import { historyDays, keyInWords, markOf, type PastRun, runsOnceADay, trendOf } from "@/lib/jobs/rules";
import { readListQuery } from "@/lib/list";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";

let oto: Person;
let vi: Person;
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
  vi = await person("vi", "Viewer");
});
afterAll(closeTestDatabase);
beforeEach(async () => {
  await transaction(async (tx) => {
    for (const table of [runs, jobs, customers]) await tx.delete(table);
    await tx.execute(sql`truncate audit_entries`);
  });
});

const query = (params: Record<string, string> = {}) => readListQuery<JobSort>(params, jobSorts, jobFilters);
const names = async (params: Record<string, string> = {}) =>
  (await listJobs(query(params))).rows.map(({ name }) => name);
const audit = () => db().select().from(auditEntries).orderBy(asc(auditEntries.id));
const stored = async (id: string) => (await db().select().from(jobs).where(eq(jobs.id, id)))[0];

async function three() {
  const [acme, zeta] = [await customerNamed("Acme"), await customerNamed("Zeta")];
  const a = await jobOf(acme, "alpha", { software: "Veeam Agent", host: "SRV-9" });
  const b = await jobOf(zeta, "Beta", { software: "Duplicati", host: "nas" });
  const c = await jobOf(acme, "gamma", { software: "Veeam Agent", host: "SRV-1" });
  await runOf(a, "failed", 30);
  await runOf(a, "success", 2);
  await runOf(b, "failed", 1);
  return { acme, zeta, a, b, c };
}

test("the list tells the last result of each job, and sorts by every column", async () => {
  const { a } = await three();
  actAs(vi);
  const { rows } = await listJobs(query());
  expect(rows).toMatchObject([
    { id: a.id, name: "alpha", customer: "Acme", type: "Server", status: "success" },
    { name: "Beta", status: "failed" },
    { name: "gamma", status: null, ranAt: null, runId: null },
  ]);
  expect(await names({ sort: "-customer" })).toEqual(["Beta", ...(await names({ q: "Acme", sort: "-customer" }))]);
  expect(await names({ sort: "host" })).toEqual(["Beta", "gamma", "alpha"]);
  expect(await names({ sort: "result" })).toEqual(["Beta", "alpha", "gamma"]);
  expect(await names({ sort: "-ran" })).toEqual(["Beta", "alpha", "gamma"]);
  expect((await names({ sort: "software" }))[0]).toBe("Beta");
});

test("the last result is what counts: only suspected is unknown, and what came late is no missed run any more", async () => {
  const { a, b, c } = await three();
  const slot = { slotDate: "2026-11-20", slotIndex: 0 };
  await runOf(a, "missed", 1, { ...slot, isSuspected: true });
  await runOf(b, "missed", 0.5, slot);
  const late = await runOf(c, "success", 2);
  await runOf(c, "missed", 1, { ...slot, lateRunId: late.id });
  actAs(vi);
  const last = (await listJobs(query())).rows.map(({ name, status }) => [name, status]);
  expect(last).toEqual([
    ["alpha", "unknown"],
    ["Beta", "missed"],
    ["gamma", "success"],
  ]);
  expect(await names({ result: "missed" })).toEqual(["Beta"]);
});

test("filters and search narrow the list, and the facts count what matches", async () => {
  const { acme, b } = await three();
  actAs(vi);
  expect(await names({ software: "Veeam Agent" })).toEqual(["alpha", "gamma"]);
  expect(await names({ result: "failed" })).toEqual(["Beta"]);
  expect(await names({ result: "none" })).toEqual(["gamma"]);
  expect(await names({ customer: acme.id })).toEqual(["alpha", "gamma"]);
  expect(await names({ customer: "nonsense" })).toEqual([]);
  expect(await names({ type: b.resourceTypeId })).toHaveLength(3);
  expect(await names({ q: "srv-" })).toEqual(["alpha", "gamma"]);
  expect(await names({ q: "zeta" })).toEqual(["Beta"]);
  expect(await jobListFacts(query({ result: "failed" }))).toMatchObject({
    count: "1",
    softwares: ["Duplicati", "Veeam Agent"],
    types: [{ name: "Server" }],
  });
  expect(await jobListFacts(query())).toMatchObject({ count: "3" });
});

test("archived jobs and jobs of deactivated customers are shown only when asked for", async () => {
  const { a, zeta } = await three();
  await transaction(async (tx) => {
    await tx.update(jobs).set({ archivedAt: new Date() }).where(eq(jobs.id, a.id));
    await tx.update(customers).set({ deactivatedAt: new Date() }).where(eq(customers.id, zeta.id));
  });
  actAs(vi);
  expect(await names()).toEqual(["gamma"]);
  expect(await names({ state: "archived" })).toEqual(["alpha"]);
  expect(await names({ state: "all" })).toEqual(["alpha", "Beta", "gamma"]);
  expect(await names({ customer: zeta.id })).toEqual(["Beta"]);
});

test("every order pages without a gap, also where many rows are equal", async () => {
  const customer = await customerNamed("Many");
  for (let i = 0; i < 55; i++) await jobOf(customer, `job ${i % 3}`, { host: `h${i % 2}` });
  actAs(vi);
  for (const sort of jobSorts) {
    const first = await listJobs(query({ sort }));
    const second = await listJobs(query({ sort, after: `${first.next?.id}~${first.next?.value}` }));
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size, sort).toBe(55);
  }
});

test("an operator edits a job and moves it to another customer", async () => {
  const { a, zeta } = await three();
  const [, nas] = await db().select().from(resourceTypes).orderBy(asc(resourceTypes.position));
  const form = {
    id: a.id,
    version: 1,
    name: "Alpha 2",
    host: "SRV-2",
    type: nas?.id ?? "",
    customer: "ZETA",
    notes: "n",
  };
  expect(await submit(oto, updateJob, form)).toMatchObject({ message: "Job Alpha 2 now belongs to Zeta." });
  expect(await stored(a.id)).toMatchObject({
    name: "Alpha 2",
    host: "SRV-2",
    customerId: zeta.id,
    resourceTypeId: nas?.id,
  });
  expect(await audit()).toMatchObject([
    {
      action: "job.update",
      before: { name: "alpha", customer: "Acme", type: "Server" },
      after: { name: "Alpha 2", customer: "Zeta", type: nas?.name },
    },
  ]);
});

test("a job is not moved to a customer that does not exist or is deactivated", async () => {
  const { a } = await three();
  await customerNamed("Gone", { deactivatedAt: new Date() });
  const form = { id: a.id, version: 1, name: "alpha", type: a.resourceTypeId };
  for (const customer of ["Nobody", "Gone"])
    expect(await submit(oto, updateJob, { ...form, customer })).toMatchObject({
      status: "invalid",
      errors: { customer: "There is no active customer of this name." },
      values: { customer },
    });
  const strange = "0193a1b2-0000-7000-8000-000000000000";
  expect(await submit(oto, updateJob, { ...form, customer: "Acme", type: strange })).toMatchObject({
    errors: { type: "This resource type does not exist any more." },
  });
  expect(await stored(a.id)).toMatchObject({ version: 1 });
});

test("two people edit the same job: the second is told who changed what", async () => {
  const { a } = await three();
  const olga = await person("olga", "Operator");
  const form = { id: a.id, version: 1, type: a.resourceTypeId, customer: "Acme", host: "SRV-9", notes: "" };
  await submit(olga, updateJob, { ...form, name: "hers" });
  const second = await submit(oto, updateJob, { ...form, name: "his" });
  expect(second).toMatchObject({ status: "refused", values: { name: "his" } });
  expect(second.message).toBe(
    'olga changed this job meanwhile. Stored now: Name "hers". Save again to store yours instead.',
  );
  expect(await stored(a.id)).toMatchObject({ name: "hers", version: 2 });
});

test("a job is archived and taken back into use, once each", async () => {
  const { a } = await three();
  expect(await submit(oto, archiveJob, { id: a.id })).toMatchObject({ message: "Job alpha was archived." });
  expect(await submit(oto, archiveJob, { id: a.id })).toMatchObject({ status: "refused" });
  expect(await submit(oto, restoreJob, { id: a.id })).toMatchObject({ message: "Job alpha is in use again." });
  expect(await submit(oto, restoreJob, { id: a.id })).toMatchObject({ status: "refused" });
  expect((await audit()).filter(({ outcome }) => outcome === "done").map(({ action }) => action)).toEqual([
    "job.archive",
    "job.unarchive",
  ]);
});

test("who may not manage jobs is refused, with one audit entry and nothing changed", async () => {
  const { a } = await three();
  const rea = await person("rea", "Reporter");
  const form = { id: a.id, version: 1, name: "x", type: a.resourceTypeId, customer: "Acme" };
  for (const who of [vi, rea]) {
    await expect(submit(who, updateJob, form)).rejects.toEqual(new Interrupt("forbidden"));
    await expect(submit(who, archiveJob, { id: a.id })).rejects.toEqual(new Interrupt("forbidden"));
  }
  expect((await audit()).map(({ outcome }) => outcome)).toEqual(Array(4).fill("refused"));
  expect(await stored(a.id)).toMatchObject({ name: "alpha", archivedAt: null });
  actAs(rea);
  await expect(listJobs(query())).rejects.toEqual(new Interrupt("forbidden"));
  await expect(getJob(a.id)).rejects.toEqual(new Interrupt("forbidden"));
});

test("the page of a job tells its keys and its history by days of the account", async () => {
  const { a } = await three();
  await transaction((tx) =>
    tx.insert(jobKeys).values({ matchKey: "veeam|srv-9|alpha|backup", sender: "b@x.example", jobId: a.id }),
  );
  await runOf(a, "success", 24 * 70);
  actAs(vi);
  expect(await getJob(a.id)).toMatchObject({ keys: [{ matchKey: "veeam|srv-9|alpha|backup", sender: "b@x.example" }] });
  expect((await jobHistory(a.id)).map(({ status }) => status)).toEqual(["failed", "success"]);
  await expect(getJob("nonsense")).rejects.toEqual(new Interrupt("not-found"));
});

test("open tickets are found by job, and by customer through any of its jobs", async () => {
  const { acme, a, c } = await three();
  await transaction(async (tx) => {
    const make = async (number: number, scope: object, resolvedAt: Date | null = null) => {
      const [made] = await tx
        .insert(tickets)
        .values({ kind: "ticket", number, title: `T${number}`, createdBy: "oto", resolvedAt })
        .returning();
      await tx.insert(ticketScopes).values({ ticketId: made?.id ?? "", ...scope });
    };
    await make(11, { jobId: a.id });
    await make(12, { customerId: acme.id });
    await make(13, { jobId: c.id });
    await make(14, { jobId: a.id }, new Date());
  });
  actAs(vi);
  const titles = (rows: { title: string }[]) => rows.map(({ title }) => title).sort();
  expect(titles(await openTicketsOfJob(a.id))).toEqual(["T11", "T12"]);
  expect(titles(await openTicketsOfCustomer(acme.id))).toEqual(["T11", "T12", "T13"]);
});

const past = (day: string, status: PastRun["status"], sizeBytes: number | null = null): PastRun => ({
  day,
  ranAt: `${day}T22:00:00Z`,
  status,
  sizeBytes,
  durationSeconds: null,
});

test("history has one entry for each of 60 days, up to today, remembered by the status of the account", () => {
  const days = historyDays(
    [past("2026-10-01", "success"), past("2026-11-20", "success"), past("2026-11-20", "failed")],
    "2026-11-21",
  );
  expect(days).toHaveLength(60);
  expect(days.at(0)?.label).toBe("2026-09-23");
  expect(days.at(-1)).toEqual({ label: "2026-11-21", values: {}, runs: [] });
  expect(days.slice(-2).map((day) => markOf(day, "worst"))).toEqual([
    { label: "2026-11-20 (also 1 success)", status: "failed" },
    { label: "2026-11-21", status: "none" },
  ]);
  expect(days.slice(-2).map((day) => markOf(day, "best").status)).toEqual(["success", "none"]);
  expect(runsOnceADay(days)).toBe(false);
  expect(runsOnceADay(historyDays([past("2026-11-20", "success")], "2026-11-21"))).toBe(true);
});

test("a trend leaves out runs that do not tell their size, and keeps the last 30", () => {
  const runsOfJob = Array.from({ length: 40 }, (_, i) => past("2026-11-20", "success", i % 2 ? i : null));
  expect(trendOf(runsOfJob, "sizeBytes").at(-1)).toBe(39);
  expect(trendOf(runsOfJob, "sizeBytes")).toHaveLength(20);
  expect(trendOf(runsOfJob, "durationSeconds")).toEqual([]);
});

test("a key is told in words, without what it does not say", () => {
  expect(keyInWords("veeam|srv-1|daily|backup")).toBe('Software "veeam", host "srv-1", job "daily", type "backup"');
  expect(keyInWords("||daily|")).toBe('job "daily"');
});
