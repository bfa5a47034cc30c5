import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deactivateCustomer, reactivateCustomer } from "@/lib/customers/actions";
import { transaction } from "@/lib/db";
import { quietTimes } from "@/lib/db/schema/calendar";
import { customers, jobs } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { runs } from "@/lib/db/schema/runs";
import { archiveJob, restoreJob } from "@/lib/jobs/actions";
import { learnSchedules } from "@/lib/schedules/learn-jobs";
import { clockInWords } from "@/lib/schedules/words";
import { type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { daily, jobRow, learnedAs, look, missedOf, runCame } from "./support/schedules";

let oto: Person;
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
});
afterAll(closeTestDatabase);
beforeEach(() =>
  transaction(async (tx) => {
    for (const table of [quietTimes, runs, mails, jobs, customers]) await tx.delete(table);
  }),
);

const DAY = 86_400_000;
/** In Tokyo it is nine hours later than UTC, all year round: 03:00 there is 18:00 UTC of the day before. */
const ago = (days: number, time: string): Date =>
  new Date(`${new Date(Date.now() - days * DAY).toISOString().slice(0, 10)}T${time}:00Z`);
const date = (days: number) => ago(days, "12:00").toISOString().slice(0, 10);
const inTokyo = async (values: Partial<typeof jobs.$inferInsert> = {}) =>
  jobOf(await customerNamed(`Customer ${crypto.randomUUID()}`, { timeZone: "Asia/Tokyo" }), "Nightly", {
    ...{ expects: "planned", plan: daily("03:00"), checkedUntil: ago(5, "12:00"), createdAt: ago(60, "12:00") },
    ...values,
  });

test("a plan is by the clock of the customer, and its days are days there", async () => {
  const job = await inTokyo();
  await runCame(job, ago(5, "18:05"));
  await transaction((tx) =>
    tx.insert(quietTimes).values({
      ...{ kind: "holiday", name: "Off", createdBy: "ada", customerId: job.customerId },
      ...{ fromDay: date(3), toDay: date(3) },
    }),
  );
  await look({ at: ago(3, "19:00") });
  expect(await missedOf(job), "the fourth day ago, 18:00 UTC, is the third day ago there").toEqual([]);
  await look({ at: ago(3, "20:01") });
  expect(await missedOf(job)).toMatchObject([{ slotDate: date(2), expectedAt: ago(3, "18:00") }]);
  expect((await missedOf(job))[0]?.message).toContain(" 03:00, at the latest 05:00.");
});

test("a job's own zone stands before that of its customer", async () => {
  const job = await inTokyo({ timeZone: "UTC" });
  await look({ at: ago(4, "05:01") });
  expect(await missedOf(job)).toMatchObject([{ slotDate: date(4), expectedAt: ago(4, "03:00") }]);
});

test("what is learned is by the clock of the customer, and anew when the customer moves", async () => {
  const job = await inTokyo({ expects: "learned", plan: null, checkedUntil: null });
  for (let day = 12; day > 0; day--) await runCame(job, ago(day, "18:00"));
  expect((await jobRow(job))?.learned).toMatchObject({ schedule: daily("03:00"), clock: "Asia/Tokyo" });
  const { signal } = new AbortController();
  await learnSchedules(signal);
  await transaction((tx) =>
    tx.update(customers).set({ timeZone: "Asia/Kolkata" }).where(eq(customers.id, job.customerId)),
  );
  await learnSchedules(signal);
  expect((await jobRow(job))?.learned).toMatchObject({ schedule: daily("23:30"), clock: "Asia/Kolkata" });
});

test("another clock than that of the zone is told: one that is never changed, and the zone of which it was learned", () => {
  expect(clockInWords("Asia/Tokyo", "Asia/Tokyo")).toBeNull();
  expect(clockInWords("+01:00", "Europe/Berlin")).toBe("Its clock is UTC+01:00 all year.");
  expect(clockInWords("Europe/Berlin", "UTC")).toBe("Times of Europe/Berlin, until it is learned anew.");
});

test.each([
  ["archived", archiveJob, restoreJob],
  ["of a customer who was deactivated", deactivateCustomer, reactivateCustomer],
])(
  "a job that was %s is watched again from the moment it is back, and that time is no silence",
  async (_, leave, back) => {
    const job = await inTokyo({
      expects: "learned",
      plan: null,
      learned: learnedAs(daily("22:00")),
      quietAfterDays: 3,
    });
    const id = leave === archiveJob ? job.id : job.customerId;
    await runCame(job, ago(5, "22:01"));
    await submit(oto, leave, { id });
    expect(await submit(oto, back, { id })).toMatchObject({ status: "done" });
    await look({ at: new Date(Date.now() + 60_000) });
    expect(await missedOf(job)).toEqual([]);
    await look({ at: ago(-4, "12:00") });
    expect((await missedOf(job)).length).toBeGreaterThan(2);
  },
);

test("a job that is paused stays so when it was archived in between", async () => {
  const pausedUntil = ago(-2, "12:00");
  const job = await inTokyo({ pausedAt: ago(3, "12:00"), pausedUntil });
  await submit(oto, archiveJob, { id: job.id });
  await submit(oto, restoreJob, { id: job.id });
  expect(await jobRow(job)).toMatchObject({ pausedUntil });
});
