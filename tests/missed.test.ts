import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { transaction } from "@/lib/db";
import { quietTimes } from "@/lib/db/schema/calendar";
import { customers, jobs } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { runs } from "@/lib/db/schema/runs";
import { tasks } from "@/lib/db/schema/tasks";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { daily, jobRow, learnedAs, look, missedOf, runCame } from "./support/schedules";

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);
beforeEach(() =>
  transaction(async (tx) => {
    for (const table of [tickets, quietTimes, runs, mails, jobs, customers, tasks]) await tx.delete(table);
  }),
);

/** Days ago at a time of day, UTC; slots of these tests are at 22:00, their mails late from 23:10 on. */
const ago = (days: number, time = "22:00"): Date => {
  const day = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  return new Date(`${day}T${time}:00Z`);
};
const date = (days: number) => ago(days).toISOString().slice(0, 10);

async function dailyJob(values: Partial<typeof jobs.$inferInsert> = {}) {
  const customer = await customerNamed(`Customer ${crypto.randomUUID()}`);
  const row = { learned: learnedAs(daily("22:00")), checkedUntil: ago(6), createdAt: ago(60), timeZone: "UTC" };
  return jobOf(customer, "Nightly", { ...row, ...values });
}

test("a mail that does not come is one missed run, however often one looks", async () => {
  const job = await dailyJob();
  for (const day of [6, 5, 3]) await runCame(job, ago(day, "22:04"));
  await look({ at: ago(3, "22:30") });
  await look({ at: ago(3, "23:30") });
  await look({ at: ago(2, "23:09") });
  expect(await missedOf(job)).toMatchObject([
    {
      slotDate: date(4),
      slotIndex: 0,
      ranAt: ago(4),
      expectedAt: ago(4),
      isSuspected: false,
      reviewedAt: null,
      mailId: null,
    },
  ]);
  const weekday = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(ago(4));
  expect((await missedOf(job))[0]?.message).toBe(`No mail came. Expected ${weekday} 22:00, at the latest 23:10.`);
  expect((await jobRow(job))?.checkedUntil).toEqual(ago(3));
});

test("a mail that comes ten hours late is the missed run after all, and nobody has to look at it", async () => {
  const job = await dailyJob({ checkedUntil: ago(3) });
  await look({ at: ago(1, "06:00") });
  expect(await missedOf(job)).toMatchObject([{ slotDate: date(2), reviewedAt: null }]);
  const late = await runCame(job, ago(1, "08:00"));
  expect(await missedOf(job)).toMatchObject([{ slotDate: date(2), lateRunId: late.id, reviewer: "Came late" }]);
  expect((await missedOf(job))[0]?.reviewedAt).not.toBeNull();
});

test("what an operator has reviewed stays reviewed by them, and is no missed run in figures when the mail comes after all", async () => {
  const job = await dailyJob({ checkedUntil: ago(3) });
  await look({ at: ago(1, "06:00") });
  const reviewed = { reviewedAt: ago(1, "07:00"), reviewer: "oto" };
  await transaction((tx) => tx.update(runs).set(reviewed).where(eq(runs.jobId, job.id)));
  const late = await runCame(job, ago(1, "08:00"));
  expect(await missedOf(job)).toMatchObject([{ ...reviewed, lateRunId: late.id }]);
});

test("nothing is missed of jobs of which nothing is expected by the clock", async () => {
  const gone = await customerNamed("Gone", { deactivatedAt: new Date() });
  const row = { learned: learnedAs(daily("22:00")), checkedUntil: ago(6), createdAt: ago(60) };
  const unwatched = [
    await dailyJob({ expects: "failures-only" }),
    await dailyJob({ expects: "alerts-only" }),
    await dailyJob({ archivedAt: ago(9) }),
    await dailyJob({ pausedAt: ago(9) }),
    await dailyJob({ learned: null }),
    await jobOf(gone, "Of a deactivated customer", row),
  ];
  await look({ at: ago(0, "12:00") });
  for (const job of unwatched) expect(await missedOf(job)).toEqual([]);
});

test("a pause ends by itself, and what fell into it is not missed", async () => {
  const job = await dailyJob({ pausedAt: ago(9), pausedUntil: ago(3, "12:00") });
  await look({ at: ago(1, "12:00") });
  expect((await missedOf(job)).map(({ slotDate }) => slotDate)).toEqual([date(3), date(2)]);
});

test("holidays and maintenance of the account, the customer or the job are no time for runs", async () => {
  const [job, other] = [await dailyJob(), await dailyJob()];
  const row = { name: "Quiet", createdBy: "ada" };
  await transaction((tx) =>
    tx.insert(quietTimes).values([
      { ...row, kind: "holiday", fromDay: date(5), toDay: date(5) },
      { ...row, kind: "holiday", customerId: job.customerId, fromDay: date(4), toDay: date(4) },
      { ...row, kind: "maintenance", jobId: job.id, startsAt: ago(3, "21:00"), endsAt: ago(3, "22:01") },
    ]),
  );
  await look({ at: ago(1, "12:00") });
  expect((await missedOf(job)).map(({ slotDate }) => slotDate)).toEqual([date(2)]);
  expect((await missedOf(other)).map(({ slotDate }) => slotDate)).toEqual([4, 3, 2].map(date));
});

test("a backfill of 90 days of old mails makes no missed runs before the job was approved", async () => {
  const customer = await customerNamed("Backfilled");
  const job = await jobOf(customer, "Old", { timeZone: "UTC" });
  for (let day = 90; day > 2; day--) if (day % 9) await runCame(job, ago(day), { receivedAt: new Date() });
  const row = await jobRow(job);
  expect(row?.learned).toMatchObject({ schedule: daily("22:00") });
  await look({ at: new Date(Date.now() + 3_600_000) });
  expect(await missedOf(job)).toEqual([]);
  await look({ at: ago(-1, "23:59") });
  expect((await missedOf(job)).every(({ ranAt }) => ranAt > (row?.createdAt ?? ranAt))).toBe(true);
  expect((await missedOf(job)).length).toBeGreaterThan(0);
});

test("two installs with the same job name are two jobs: one that runs does not hide the other", async () => {
  const [first, second] = [
    await dailyJob({ host: "one", checkedUntil: ago(3) }),
    await dailyJob({ host: "two", checkedUntil: ago(3) }),
  ];
  await runCame(first, ago(2, "22:05"));
  await look({ at: ago(1, "06:00") });
  expect([await missedOf(first), await missedOf(second)].map(({ length }) => length)).toEqual([0, 1]);
});

test("while its mail source is silent a missed run is only suspected; it is believed when the source is heard and the mail is not among the backlog", async () => {
  const channel = crypto.randomUUID();
  const jobs = [await dailyJob({ checkedUntil: ago(3) }), await dailyJob({ checkedUntil: ago(3) })];
  for (const job of jobs) await runCame(job, ago(3, "22:04"), { channel });
  await look({ at: ago(1, "02:00"), silent: [channel] });
  await look({ at: ago(1, "03:00"), silent: [channel] });
  for (const job of jobs) expect(await missedOf(job)).toMatchObject([{ slotDate: date(2), isSuspected: true }]);
  const [healthy, missing] = jobs;
  if (!healthy || !missing) throw new Error("There are no jobs.");
  const late = await runCame(healthy, ago(2, "22:03"), { channel, receivedAt: ago(1, "04:00") });
  await look({ at: ago(1, "04:20") });
  expect(await missedOf(healthy)).toMatchObject([{ isSuspected: false, lateRunId: late.id, reviewer: "Came late" }]);
  expect(await missedOf(missing)).toMatchObject([{ isSuspected: true }]);
  await look({ at: ago(1, "04:31") });
  expect(await missedOf(missing)).toMatchObject([{ isSuspected: false, reviewedAt: null }]);
});

test("after a time in which the product did not run, what is missing is only suspected for an hour", async () => {
  const job = await dailyJob({ checkedUntil: ago(4) });
  await transaction((tx) => tx.insert(tasks).values({ name: "find-missed", finishedAt: ago(4) }));
  await look({ at: ago(1, "12:00") });
  expect((await missedOf(job)).map(({ isSuspected }) => isSuspected)).toEqual([true, true]);
  await transaction((tx) => tx.update(tasks).set({ finishedAt: ago(1, "12:00") }));
  await look({ at: ago(1, "12:10") });
  expect((await missedOf(job)).every(({ isSuspected }) => isSuspected)).toBe(true);
  await look({ at: ago(1, "13:01") });
  expect((await missedOf(job)).some(({ isSuspected }) => isSuspected)).toBe(false);
});

test("at most 35 days are caught up", async () => {
  const job = await dailyJob({ checkedUntil: ago(59) });
  await look({ at: ago(0, "12:00") });
  expect((await missedOf(job)).length).toBeGreaterThan(30);
  expect((await missedOf(job)).every(({ ranAt }) => ranAt >= ago(36, "12:00"))).toBe(true);
});

test("the software's own notice that it did not run takes the place of ours, before or after", async () => {
  const [before, after] = [await dailyJob({ checkedUntil: ago(3) }), await dailyJob({ checkedUntil: ago(3) })];
  const notice = await runCame(before, ago(2), { status: "missed" });
  await look({ at: ago(1, "06:00") });
  expect(await missedOf(before)).toMatchObject([{ id: notice.id, slotDate: date(2), slotIndex: 0 }]);
  const second = await runCame(after, ago(2), { status: "missed" });
  expect(await missedOf(after)).toMatchObject([{ id: second.id, slotDate: date(2) }]);
  const late = await runCame(after, ago(1, "07:00"));
  expect(await missedOf(after)).toMatchObject([{ id: second.id, lateRunId: late.id, reviewer: "Came late" }]);
});

test("a missed run with a ticket is kept; the notice is then no second one to look at", async () => {
  const job = await dailyJob({ checkedUntil: ago(3) });
  await look({ at: ago(1, "06:00") });
  const [ours] = await missedOf(job);
  await transaction(async (tx) => {
    const [ticket] = await tx
      .insert(tickets)
      .values({ kind: "ticket", number: 7, title: "T", createdBy: "oto" })
      .returning();
    await tx.insert(ticketScopes).values({ ticketId: ticket?.id ?? "", jobId: job.id, runId: ours?.id });
  });
  await runCame(job, ago(2, "22:01"), { status: "missed" });
  expect((await missedOf(job)).map(({ id, reviewer }) => [id === ours?.id, reviewer])).toEqual([
    [true, null],
    [false, "Known as missed"],
  ]);
});

test("a workstation that had no success for a week is told once, until the next silence", async () => {
  const job = await dailyJob({ expects: "workstation", learned: null, checkedUntil: null });
  await runCame(job, ago(20, "10:00"));
  await runCame(job, ago(14, "10:00"), { status: "failed" });
  await look({ at: ago(13, "09:00") });
  expect(await missedOf(job)).toEqual([]);
  await look({ at: ago(12, "12:00") });
  await look({ at: ago(11, "12:00") });
  expect(await missedOf(job)).toMatchObject([{ message: "No success for 7 days.", expectedAt: ago(13, "10:00") }]);
  const back = await runCame(job, ago(10, "10:00"));
  expect(await missedOf(job)).toMatchObject([{ lateRunId: back.id, reviewer: "Came late" }]);
  await look({ at: ago(2, "12:00") });
  expect(await missedOf(job)).toHaveLength(2);
});

test("an irregular job is told after twice its usual gap, a scheduled one only by a rule of its own", async () => {
  const irregular = await dailyJob({ learned: { ...learnedAs(null), periodDays: 3 } });
  const ruled = await dailyJob({ quietAfterDays: 2, pausedAt: null });
  await runCame(irregular, ago(8, "10:00"));
  for (const day of [9, 8, 7, 6, 5, 4, 3, 2, 1])
    await runCame(ruled, ago(day, "22:00"), { status: day > 8 ? "success" : "failed" });
  await look({ at: ago(1, "12:00") });
  expect((await missedOf(irregular)).map(({ message }) => message)).toEqual(["No success for 6 days."]);
  expect((await missedOf(ruled)).map(({ message }) => message)).toEqual(["No success for 2 days."]);
});

test("a job that nobody has watched is watched from now on", async () => {
  const job = await dailyJob({ checkedUntil: null });
  await look({ at: ago(2, "12:00") });
  expect((await jobRow(job))?.checkedUntil).toEqual(ago(2, "12:00"));
  expect(await missedOf(job)).toEqual([]);
});

test("one job with a zone that does not exist does not keep the others from being watched", async () => {
  const [broken, job] = [
    await dailyJob({ learned: learnedAs(daily("22:00"), "Nowhere/Land") }),
    await dailyJob({ checkedUntil: ago(3) }),
  ];
  await look({ at: ago(1, "06:00") });
  expect([await missedOf(broken), await missedOf(job)].map(({ length }) => length)).toEqual([0, 1]);
});
