import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { customers, jobs } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { runs } from "@/lib/db/schema/runs";
import { seenRuns } from "@/lib/schedules/watched";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { daily, jobRow, learnedAs, look, missedOf, runCame } from "./support/schedules";

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);
beforeEach(() =>
  transaction(async (tx) => {
    for (const table of [runs, mails, jobs, customers]) await tx.delete(table);
  }),
);

const DAY = 86_400_000;
const ago = (days: number, time: string): Date =>
  new Date(`${new Date(Date.now() - days * DAY).toISOString().slice(0, 10)}T${time}:00Z`);
const later = (at: Date, hours: number) => new Date(at.getTime() + hours * 3_600_000);
const saying = (scheduledAt: Date) => ({ parsed: [{ scheduledAt: scheduledAt.toISOString() }] });
const madeJob = async (values: Partial<typeof jobs.$inferInsert> = {}) =>
  jobOf(await customerNamed(`Customer ${crypto.randomUUID()}`), "Nightly", {
    ...{ timeZone: "UTC", createdAt: ago(60, "12:00"), ...values },
  });

test("software that says when a run was planned is believed, however long it waited for a tape", async () => {
  const job = await madeJob();
  for (let day = 12; day > 1; day--)
    await runCame(job, later(ago(day, "22:00"), (day * 5) % 7), saying(ago(day, "22:00")));
  expect((await jobRow(job))?.learned).toMatchObject({ schedule: daily("22:00") });
  const [first] = (await seenRuns(db(), [job.id], 0)).get(job.id) ?? [];
  expect(first).toMatchObject({ ranAt: ago(12, "22:00").getTime(), reportedAt: later(ago(12, "22:00"), 4).getTime() });
});

test("a run that waited until the next one was nearly due is the one it was planned as, and the next is still expected", async () => {
  const job = await madeJob({ learned: learnedAs(daily("22:00")), checkedUntil: ago(4, "22:00") });
  await look({ at: ago(2, "12:00") });
  expect(await missedOf(job)).toMatchObject([{ slotDate: ago(3, "22:00").toISOString().slice(0, 10) }]);
  const late = await runCame(job, ago(2, "22:30"), saying(ago(3, "22:00")));
  expect(await missedOf(job)).toMatchObject([{ lateRunId: late.id, reviewer: "Came late" }]);
  await look({ at: ago(1, "12:00") });
  expect((await missedOf(job)).map(({ lateRunId }) => lateRunId)).toEqual([late.id, null]);
});

test.each([
  ["after its start", 3],
  ["days before its start", -5 * 24],
])("a plan %s is not believed", async (_words, hours) => {
  const job = await madeJob();
  const ranAt = ago(3, "22:00");
  await runCame(job, ranAt, saying(later(ranAt, hours)));
  expect((await seenRuns(db(), [job.id], 0)).get(job.id)).toMatchObject([{ ranAt: ranAt.getTime() }]);
});
