import { eq, inArray } from "drizzle-orm";
import { db, type Tx, transaction } from "@/lib/db";
import * as desk from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { overrides } from "@/lib/db/schema/overrides";
import { reports } from "@/lib/db/schema/reports";
import { runObjects, runs } from "@/lib/db/schema/runs";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { applyOverrides } from "@/lib/overrides/apply";
import { oneOf } from "./seeded";
import { CUSTOMERS, hoursAgo, jobAt, mailAt, mailRow, type Scoped, ticketAt } from "./worlds";

/** Ids that stand before, between and after those of the world; the questions of the tests know them beforehand. */
const TABLES = ["customer", "job", "run", "mail", "ticket", "report", "group", "type", "user", "override"] as const;
type Table = (typeof TABLES)[number];
const POOL = 6;
const STEPS = 30;
export const outsideId = (table: Table, i: number): string =>
  `${"0159af"[i % 6]}${TABLES.indexOf(table)}ffffff-0000-7000-8000-${String(900_000 + (i % POOL)).padStart(12, "0")}`;
export const outsideIds = (table: Table): string[] => Array.from({ length: POOL }, (_, i) => outsideId(table, i));

/** Adds, changes and removes rows that the role does not cover; so that most ids of the outside are there at some time. */
export async function disturb(role: Scoped, next: () => number): Promise<void> {
  const at = () => Math.floor(next() * POOL);
  for (const begin of [...customersAndJobs, ...customersAndJobs])
    for (let i = 0; i < 3; i++)
      await transaction((tx) => begin(tx, role, { i, word: `begin ${i}`, hours: 5 + i, next }));
  for (let step = 0; step < STEPS; step++) {
    const [i, word] = [at(), oneOf(next, ["aaa", "Job 0 of Acme", "Note 1 hidden", "zzz", "Mail", "Beta"])];
    await transaction((tx) =>
      oneOf(next, steps)(tx, role, { i, word: `${word} ${i} ${step}`, hours: next() * 700, next }),
    );
  }
}

type Facts = { i: number; word: string; hours: number; next: () => number };
type Step = (tx: Tx, role: Scoped, facts: Facts) => Promise<unknown>;

/** Statuses and moments of outside rows vary, so that every counter would notice them. */
const statusOf = (next: () => number) => oneOf(next, ["failed", "success", "warning", "unknown"] as const);

const customersAndJobs: Step[] = [addCustomer, addJob, addRun];

const steps: Step[] = [
  addCustomer,
  addJob,
  addJob,
  addRun,
  addRun,
  addRun,
  async (tx, role, { i, word }) => {
    const jobId = await outsideJob(tx, role, i);
    if (!jobId) return;
    const row = { ...mailRow(outsideId("mail", i), word), jobId, kind: "run" as const, receivedAt: hoursAgo(i) };
    await tx.insert(mails).values(row).onConflictDoNothing();
  },
  // A part of theirs, of the digest from which their own mails came too.
  async (tx, role, { i, word }) => {
    const jobId = await outsideJob(tx, role, i);
    if (!jobId) return;
    const digest = {
      ...mailRow(outsideId("mail", 5), `Digest ${word}`),
      kind: "digest" as const,
      jobId: null,
      error: `Machine offline: ${word}`,
    };
    await tx.insert(mails).values(digest).onConflictDoNothing();
    const part = { ...mailRow(outsideId("mail", i), word), jobId, kind: "run" as const, part: i + 2 };
    await tx
      .insert(mails)
      .values({ ...part, parentId: digest.id })
      .onConflictDoNothing();
    await tx
      .update(mails)
      .set({ parentId: digest.id, part: 1 })
      .where(eq(mails.id, mailAt(2)));
  },
  async (tx, role, { i, word, next }) => {
    const kind = oneOf(next, ["ticket", "remark"] as const);
    const number = kind === "ticket" ? 2000 + i : null;
    const ticket = { id: outsideId("ticket", i), kind, number, title: word, body: word, createdBy: "zoe" };
    await tx
      .insert(tickets)
      .values({ ...ticket, createdAt: hoursAgo(i * 20) })
      .onConflictDoNothing();
    await addScope(tx, role, outsideId("ticket", i), i);
  },
  // What a ticket of theirs is about, besides.
  (tx, role, { i, next }) => addScope(tx, role, ticketAt(Math.floor(next() * 4)), i),
  async (tx, _role, { i, word, next }) => {
    const customerId = oneOf(next, [null, CUSTOMERS[0]?.id ?? null, CUSTOMERS[3]?.id ?? null]);
    const row = { id: outsideId("report", i), name: word, days: 7, createdBy: "zoe", customerId };
    await tx.insert(reports).values(row).onConflictDoNothing();
  },
  async (tx, role, { i, word }) => {
    await tx
      .insert(desk.customerGroups)
      .values({ id: outsideId("group", i), name: word })
      .onConflictDoNothing();
    if (role.addsTypes)
      await tx
        .insert(desk.resourceTypes)
        .values({ id: outsideId("type", i), name: word, position: i * 7 })
        .onConflictDoNothing();
  },
  async (tx, _role, { i }) => {
    const reviewed = { reviewedAt: hoursAgo(1), reviewer: "zoe" };
    await tx
      .update(runs)
      .set(i % 2 ? reviewed : { reviewedAt: null })
      .where(eq(runs.id, outsideId("run", i)));
    await tx
      .update(tickets)
      .set({ resolvedAt: i % 2 ? hoursAgo(1) : null })
      .where(eq(tickets.id, outsideId("ticket", i)));
    await tx
      .update(desk.jobs)
      .set({ archivedAt: i % 2 ? hoursAgo(1) : null })
      .where(eq(desk.jobs.id, outsideId("job", i)));
  },
  // Its mails would else lie in the Inbox again, which is everybody's who may see that.
  async (tx, _role, { i }) => {
    await tx
      .update(mails)
      .set({ deletedAt: hoursAgo(1) })
      .where(eq(mails.jobId, outsideId("job", i)));
    await tx.delete(desk.jobs).where(eq(desk.jobs.id, outsideId("job", i)));
  },
  addOverride,
];

async function addCustomer(tx: Tx, role: Scoped, { i, word, next }: Facts): Promise<void> {
  const groupId = oneOf(next, role.groups) || null;
  const row = { id: outsideId("customer", i), name: `${word} customer`, groupId, notes: word, reference: word };
  await tx
    .insert(desk.customers)
    .values(row)
    .onConflictDoUpdate({ target: desk.customers.id, set: { notes: word } });
}

/** In customers of others, and in their own of a type that they do not cover; host and key like those of jobs that they do. */
async function addJob(tx: Tx, role: Scoped, { i, word, next }: Facts): Promise<void> {
  const [customer] = await tx
    .select({ id: desk.customers.id })
    .from(desk.customers)
    .where(eq(desk.customers.id, outsideId("customer", i)));
  const extra = role.addsTypes ? await typesAdded(tx) : [];
  const own = role.types.length > 0 && next() < 0.5;
  const types = own ? [...role.types, ...extra] : [...(await allTypes(tx)), ...extra];
  const customerId = own ? oneOf(next, role.covered) : customer?.id;
  if (!customerId) return;
  const job = { name: word, host: oneOf(next, ["host-0", word]), software: oneOf(next, ["Soft 0", `Hidden ${i}`]) };
  const row = { ...job, id: outsideId("job", i), customerId, resourceTypeId: oneOf(next, types), notes: word };
  await tx
    .insert(desk.jobs)
    .values(row)
    .onConflictDoUpdate({ target: desk.jobs.id, set: { notes: word } });
  const key = { matchKey: oneOf(next, ["key-0-1", word]), sender: `other-${i}@example.org`, jobId: row.id };
  await tx.insert(desk.jobKeys).values(key).onConflictDoNothing();
}

async function addRun(tx: Tx, role: Scoped, { i, word, hours, next }: Facts): Promise<void> {
  const jobId = await outsideJob(tx, role, i);
  if (!jobId) return;
  const id = outsideId("run", i);
  const row = { id, jobId, status: statusOf(next), message: word, ranAt: hoursAgo(hours), sizeBytes: 7 };
  const added = await tx.insert(runs).values(row).onConflictDoNothing().returning({ id: runs.id });
  const object = { runId: id, position: 0, name: word, status: "failed" as const };
  if (added.length > 0) await tx.insert(runObjects).values(object);
}

async function addScope(tx: Tx, role: Scoped, ticketId: string, i: number): Promise<void> {
  const jobId = await outsideJob(tx, role, i);
  if (jobId && i % 2) await tx.insert(ticketScopes).values({ ticketId, jobId });
  const [customer] = await tx
    .select()
    .from(desk.customers)
    .where(eq(desk.customers.id, outsideId("customer", i)));
  if (customer) await tx.insert(ticketScopes).values({ ticketId, customerId: customer.id });
}

/** An outside job that is there, or one of the world that this role was expressly denied. */
async function outsideJob(tx: Tx, role: Scoped, i: number): Promise<string | undefined> {
  const denied = role.marks["resources.view"]?.find(({ elementId, included }) => elementId && !included)?.elementId;
  if (denied && i % 4 === 0) return denied;
  const [job] = await tx
    .select({ id: desk.jobs.id })
    .from(desk.jobs)
    .where(eq(desk.jobs.id, outsideId("job", i)));
  return job?.id ?? (role.name === "Resources without customers" ? jobAt(0, 0) : undefined);
}

/** Of a job that is outside, or of a customer of others; and what it does to their runs. */
async function addOverride(tx: Tx, role: Scoped, { i, word, next }: Facts): Promise<void> {
  const [customer] = await tx
    .select({ id: desk.customers.id })
    .from(desk.customers)
    .where(eq(desk.customers.id, outsideId("customer", i)));
  const jobId = await outsideJob(tx, role, i);
  const isWhole = next() < 0.4;
  const reach = isWhole ? { scope: "customer" as const, customerId: customer?.id } : { scope: "job" as const, jobId };
  if (!(isWhole ? customer : jobId)) return;
  const statuses: ("failed" | "warning")[] = [oneOf(next, ["failed", "warning"] as const)];
  const facts = { statuses, reason: word, startsAt: hoursAgo(800), createdAt: hoursAgo(i), createdBy: "zoe" };
  await tx
    .insert(overrides)
    .values({ id: outsideId("override", i), ...reach, ...facts })
    .onConflictDoNothing();
  await applyOverrides(tx, outsideIds("run"));
}

const allTypes = async (tx: Tx): Promise<string[]> =>
  (await tx.select({ id: desk.resourceTypes.id }).from(desk.resourceTypes)).map(({ id }) => id);
const typesAdded = async (tx: Tx): Promise<string[]> =>
  (await allTypes(tx)).filter((id) => outsideIds("type").includes(id));

/** @returns how many rows of the outside there are: a disturbance that adds nothing proves nothing. */
export const outsideCount = async (): Promise<number> =>
  (await db().$count(runs, inArray(runs.id, outsideIds("run")))) +
  (await db().$count(desk.jobs, inArray(desk.jobs.id, outsideIds("job")))) +
  (await db().$count(tickets, inArray(tickets.id, outsideIds("ticket"))));
