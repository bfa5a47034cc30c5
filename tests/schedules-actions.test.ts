import { desc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createCustomer, updateCustomer } from "@/lib/customers/actions";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { quietTimes } from "@/lib/db/schema/calendar";
import { customers, jobs } from "@/lib/db/schema/desk";
import { runs } from "@/lib/db/schema/runs";
import { pauseJob, resumeJob, updateSchedule } from "@/lib/schedules/actions";
import { getJobSchedule } from "@/lib/schedules/queries";
import type { Schedule } from "@/lib/schedules/types";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";
import { daily, jobRow, learnedAs, look, missedOf } from "./support/schedules";

let oto: Person;
let vi: Person;
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
  vi = await person("vi", "Viewer");
});
afterAll(closeTestDatabase);
beforeEach(() =>
  transaction(async (tx) => {
    for (const table of [quietTimes, runs, jobs, customers]) await tx.delete(table);
    await tx.execute(sql`truncate audit_entries`);
  }),
);

const HOUR = 3_600_000;
const lastEntry = async () => (await db().select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0];
const makeJob = async (values: Partial<typeof jobs.$inferInsert> = {}) =>
  jobOf(await customerNamed(`Customer ${crypto.randomUUID()}`), "Nightly", values);
const planned = (plan: unknown) => ({ expects: "planned", plan: JSON.stringify(plan) });

test("a plan by hand is stored tidy, holds from now on, and stands in the audit log in words", async () => {
  const job = await makeJob({ checkedUntil: new Date(0), createdAt: new Date(Date.now() - 90 * 24 * HOUR) });
  const plan = {
    kind: "weekly",
    at: [
      { time: "22:00", weekdays: [3, 1] },
      { time: "06:00", weekdays: [7] },
      { time: "22:00", weekdays: [1] },
    ],
  };
  const form = { id: job.id, version: 1, ...planned(plan), grace: "90", quiet_days: "", time_zone: "Europe/Berlin" };
  expect(await submit(oto, updateSchedule, form)).toMatchObject({ message: "The schedule of Nightly was saved." });
  const row = await jobRow(job);
  expect(row).toMatchObject({
    expects: "planned",
    plan: {
      kind: "weekly",
      at: [
        { time: "06:00", weekdays: [7] },
        { time: "22:00", weekdays: [1, 3] },
      ],
    },
    ...{ graceMinutes: 90, quietAfterDays: null, timeZone: "Europe/Berlin", version: 2 },
  });
  expect(row?.checkedUntil?.getTime()).toBeGreaterThan(Date.now() - HOUR);
  expect(await lastEntry()).toMatchObject({
    action: "job.schedule",
    before: { Expected: "As learned from its runs" },
    after: {
      Expected: "Every Sunday at 06:00; Mondays and Wednesdays at 22:00",
      Grace: "90 minutes",
      "Time zone": "Europe/Berlin",
    },
  });
  await look({ at: new Date() });
  expect(await missedOf(job)).toEqual([]);
});

test.each([
  ["no plan", {}, { plan: "Enter when it runs." }],
  [
    "a time that does not exist",
    planned({ kind: "weekly", at: [{ time: "24:00", weekdays: [1] }] }),
    { plan: "Enter each time, like 22:00." },
  ],
  [
    "no weekday",
    planned({ kind: "weekly", at: [{ time: "22:00", weekdays: [] }] }),
    { plan: "Choose at least one day for each time." },
  ],
  ["no time", planned({ kind: "every", days: 2, anchor: "2026-11-21", times: [] }), { plan: "Add a time." }],
  [
    "a day that does not exist",
    planned({ kind: "every", days: 2, anchor: "2026-02-30", times: ["22:00"] }),
    { plan: "Enter a day on which it runs." },
  ],
  [
    "half a day",
    planned({ kind: "every", days: 0.5, anchor: "2026-11-21", times: ["22:00"] }),
    { plan: "Enter the days or weeks as a whole number." },
  ],
  [
    "the 32nd",
    planned({ kind: "monthly", on: [{ day: 32 }], times: ["22:00"] }),
    { plan: "Choose a day of the month." },
  ],
  [
    "no hours",
    planned({ kind: "interval", hours: 0, anchor: "2026-11-21T00:00:00Z" }),
    { plan: "Enter the hours as a whole number, 1 to 720." },
  ],
  ["another shape", planned({ kind: "weekly", at: "x" }), { plan: "Enter when it runs." }],
  ["no JSON", { expects: "planned", plan: "{" }, { plan: "Enter when it runs." }],
  ["a zone that does not exist", { time_zone: "Nowhere/Land" }, { time_zone: "Choose a time zone from the list." }],
  ["an offset as a zone", { time_zone: "+01:00" }, { time_zone: "Choose a time zone from the list." }],
  ["minutes that are no number", { grace: "soon" }, { grace: "Enter the minutes as a whole number, 0 to 20,160." }],
  ["too many days", { quiet_days: "401" }, { quiet_days: "Enter the days as a whole number, 1 to 400." }],
])("%s is refused at its field, and nothing is stored", async (_name, values, errors) => {
  const job = await makeJob();
  const form = { id: job.id, version: 1, expects: "planned", ...values };
  expect(
    await submit(oto, updateSchedule, {
      ...form,
      ...(("time_zone" in values || "grace" in values || "quiet_days" in values) && { expects: "learned" }),
    }),
  ).toMatchObject({
    status: "invalid",
    errors,
  });
  expect(await jobRow(job)).toMatchObject({ version: 1, expects: "learned", plan: null });
});

test("two people edit the same schedule: the second is told what is stored now, in words", async () => {
  const job = await makeJob();
  const olga = await person("olga", "Operator");
  await submit(olga, updateSchedule, { id: job.id, version: 1, expects: "workstation", quiet_days: "9" });
  const second = await submit(oto, updateSchedule, { id: job.id, version: 1, ...planned(daily("22:00")) });
  expect(second).toMatchObject({ status: "refused" });
  expect(second.message).toBe(
    'olga changed this job meanwhile. Stored now: Expected "A workstation: runs when it is on"; No success for "9 days". Save again to store yours instead.',
  );
});

test("another time zone is learned at once", async () => {
  const job = await makeJob({ createdAt: new Date(Date.now() - 90 * 24 * HOUR) });
  for (let day = 1; day < 12; day++) await runOf(job, "success", day * 24);
  await submit(oto, updateSchedule, { id: job.id, version: 1, expects: "learned", time_zone: "Asia/Tokyo" });
  const row = await jobRow(job);
  expect(row?.learned).toMatchObject({ clock: "Asia/Tokyo", schedule: { kind: "weekly" } });
});

test("a pause with a reason, its end, and resuming", async () => {
  const job = await makeJob({ learned: learnedAs(daily("22:00")), createdAt: new Date(0), checkedUntil: new Date(0) });
  expect(await submit(oto, pauseJob, { id: job.id, until: "2020-01-01T10:00" })).toMatchObject({
    errors: { until: "Enter a moment in the future." },
  });
  expect(await submit(oto, pauseJob, { id: job.id, until: "soon" })).toMatchObject({
    errors: { until: "Enter a day and a time." },
  });
  await submit(oto, pauseJob, { id: job.id, until: "2037-01-01T10:00", reason: "being replaced" });
  expect(await jobRow(job)).toMatchObject({
    pausedBy: "oto: being replaced",
    pausedUntil: new Date("2037-01-01T10:00Z"),
  });
  actAs(vi);
  expect(await getJobSchedule(job.id)).toMatchObject({ isPaused: true });
  expect(await submit(oto, resumeJob, { id: job.id })).toMatchObject({
    message: "Runs of Nightly are expected again.",
  });
  expect(await submit(oto, resumeJob, { id: job.id })).toMatchObject({ status: "refused" });
  actAs(vi);
  expect(await getJobSchedule(job.id)).toMatchObject({ isPaused: false });
  await look({ at: new Date() });
  expect(await missedOf(job)).toEqual([]);
});

test("who may not manage jobs changes nothing, and who does not cover a job finds none", async () => {
  const job = await makeJob();
  for (const [act, form] of [
    [updateSchedule, { version: 1, expects: "alerts-only" }],
    [pauseJob, {}],
    [resumeJob, {}],
  ] as const)
    await expect(submit(vi, act, { id: job.id, ...form })).rejects.toEqual(new Interrupt("forbidden"));
  expect(await jobRow(job)).toMatchObject({ version: 1, expects: "learned", pausedAt: null });
  const gone = { status: "refused", message: "This job does not exist any more." };
  expect(await submit(oto, updateSchedule, { id: crypto.randomUUID(), version: 1, expects: "learned" })).toMatchObject(
    gone,
  );
  expect(await submit(oto, pauseJob, { id: crypto.randomUUID() })).toMatchObject(gone);
});

test("the card tells the next run outside of holidays, whose zone holds, and a clock that disagrees", async () => {
  const customer = await customerNamed("Acme", { timeZone: "Europe/Berlin" });
  const job = await jobOf(customer, "Nightly", {
    ...{ learned: learnedAs(daily("22:00"), "Europe/Berlin"), learnedAt: new Date(), observedOffsetMinutes: -300 },
  });
  await runOf(job, "success", 30);
  actAs(vi);
  const first = await getJobSchedule(job.id);
  expect(first).toMatchObject({ zone: "Europe/Berlin", zoneOf: "customer", otherOffset: -300, silenceDays: null });
  const next = first.next?.at ?? new Date(0);
  expect(first.next?.lateFrom.getTime()).toBe(next.getTime() + 70 * 60_000);
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(next);
  await transaction((tx) =>
    tx.insert(quietTimes).values({ kind: "holiday", name: "Off", fromDay: day, toDay: day, createdBy: "ada" }),
  );
  expect(((await getJobSchedule(job.id)).next?.at.getTime() ?? 0) - next.getTime()).toBeGreaterThan(22 * HOUR);
  await transaction((tx) => tx.update(jobs).set({ archivedAt: new Date() }).where(eq(jobs.id, job.id)));
  expect((await getJobSchedule(job.id)).next).toBeNull();
  const fresh = await jobOf(customer, "New");
  for (const hours of [2, 26, 50]) await runOf(fresh, "success", hours);
  expect((await getJobSchedule(fresh.id)).learning).toBe("Learning: 3 of 4 runs seen.");
});

test("every kind of plan is taken as the form sends it", async () => {
  const plans: Schedule[] = [
    { kind: "every", days: 14, anchor: "2026-11-21", times: ["01:30"] },
    { kind: "monthly", on: [{ nth: 3, weekday: 2 }, { last: true }, { day: 1 }], times: ["01:30", "13:30"] },
    { kind: "interval", hours: 5, anchor: "2026-11-21T22:00:00.000Z" },
  ];
  for (const plan of plans) {
    const job = await makeJob();
    await submit(oto, updateSchedule, { id: job.id, version: 1, ...planned(plan) });
    expect((await jobRow(job))?.plan).toEqual(plan);
  }
});

test("a customer has a time zone of its own, or that of the account", async () => {
  expect(await submit(oto, createCustomer, { name: "Acme", time_zone: "Mars/Base" })).toMatchObject({
    errors: { time_zone: "Choose a time zone from the list." },
  });
  await submit(oto, createCustomer, { name: "Acme", time_zone: "Asia/Tokyo" });
  const [acme] = await db().select().from(customers);
  expect(acme).toMatchObject({ timeZone: "Asia/Tokyo" });
  await submit(oto, updateCustomer, { id: acme?.id ?? "", version: 1, name: "Acme", time_zone: "" });
  expect((await db().select().from(customers))[0]).toMatchObject({ timeZone: null });
  expect(await lastEntry()).toMatchObject({
    action: "customer.update",
    before: { timeZone: "Asia/Tokyo" },
    after: { timeZone: "" },
  });
});
