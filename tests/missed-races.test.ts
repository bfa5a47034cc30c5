import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase, transaction } from "@/lib/db";
import { jobs } from "@/lib/db/schema/desk";
import { runs } from "@/lib/db/schema/runs";
import { learnSchedules } from "@/lib/schedules/learn-jobs";
import { openOnPostgres } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { daily, jobRow, learnedAs, look, missedOf, runCame } from "./support/schedules";

const server = process.env.TEST_POSTGRES_URL ?? "";
const DAY = 86_400_000;
const never = new AbortController().signal;
const slot = (daysAgo: number, time = "22:00") =>
  new Date(`${new Date(Date.now() - daysAgo * DAY).toISOString().slice(0, 10)}T${time}:00Z`);

describe.skipIf(!server)("on PostgreSQL, where things really happen at once", () => {
  let customer: { id: string };
  beforeAll(async () => {
    await openOnPostgres(server, "missed_races");
    customer = await customerNamed("Acme");
  });
  afterAll(closeDatabase);

  const dailyJob = (name: string, since = 4) => {
    const row = { learned: learnedAs(daily("22:00")), checkedUntil: slot(since), createdAt: slot(60), timeZone: "UTC" };
    return jobOf(customer, name, row);
  };

  test("four nodes that look for missed runs at once find each one once", async () => {
    const made = [];
    for (let n = 0; n < 60; n++) made.push(await dailyJob(`job ${n}`));
    await Promise.all([1, 2, 3, 4].map(() => look({ at: slot(0, "12:00") })));
    await look({ at: slot(0, "12:00") });
    for (const job of made)
      expect((await missedOf(job)).map(({ ranAt }) => ranAt)).toEqual([3, 2, 1].map((n) => slot(n)));
  }, 60_000);

  test("a mail that is filed while one looks is never missed and there at once", async () => {
    for (let round = 0; round < 12; round++) {
      const job = await dailyJob(`race ${round}`, 2);
      await Promise.all([
        runCame(job, slot(1, "22:05")),
        look({ at: slot(0, "12:00") }),
        look({ at: slot(0, "12:00") }),
      ]);
      await look({ at: slot(0, "12:00") });
      for (const missed of await missedOf(job)) expect(missed).toMatchObject({ reviewer: "Came late" });
    }
  }, 60_000);

  test("schedules of many jobs are learned by two nodes at once, from mails and from nothing else", async () => {
    await transaction((tx) => tx.delete(runs));
    await transaction((tx) => tx.update(jobs).set({ learned: null, learnedAt: null }));
    const job = await dailyJob("learned", 2);
    await transaction(async (tx) => {
      await tx.update(jobs).set({ learned: null, checkedUntil: null }).where(eq(jobs.id, job.id));
      for (let day = 10; day > 0; day--)
        await tx.insert(runs).values({ jobId: job.id, status: "success", ranAt: slot(day), startedAt: slot(day) });
    });
    await Promise.all([learnSchedules(never), learnSchedules(never)]);
    const row = await jobRow(job);
    expect(row?.learned).toMatchObject({ schedule: daily("22:00"), clock: "UTC", hits: 10 });
    expect(row?.checkedUntil).not.toBeNull();
    const learnedAt = row?.learnedAt;
    await learnSchedules(never);
    expect((await jobRow(job))?.learnedAt).toEqual(learnedAt);
  }, 60_000);
});
