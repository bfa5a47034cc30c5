import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerFigures, dailyFigures, recentFailures, waiting } from "@/lib/dashboard/queries";
import { byNight, filledDays, worstOfWeek } from "@/lib/dashboard/rules";
import { db, transaction } from "@/lib/db";
import { customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { runs } from "@/lib/db/schema/runs";
import { tickets } from "@/lib/db/schema/tickets";
import { sumOf } from "@/lib/statuses";
import { actAs, Interrupt, type Person, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

let oto: Person;
let rea: Person;
let vi: Person;
let nobody: Person;
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR);

beforeAll(async () => {
  await openTestDatabase();
  [oto, rea, vi] = [await person("oto", "Operator"), await person("rea", "Reporter"), await person("vi", "Viewer")];
  nobody = await person("nobody");
});
afterAll(closeTestDatabase);

test("a fresh account has nothing to show, and says so with zeros", async () => {
  actAs(oto);
  expect(await customerFigures()).toEqual([]);
  expect(sumOf((await dailyFigures()).map(({ counts }) => counts))).toEqual({
    failed: 0,
    missed: 0,
    warning: 0,
    unknown: 0,
    success: 0,
  });
  expect(await waiting()).toEqual({ runs: "0", mails: "0", tickets: "0" });
});

test("the night begins yesterday at 18:00; the week and the thirty days count on", async () => {
  await transaction(async (tx) => {
    const [type] = await tx.select().from(resourceTypes).limit(1);
    const [acme] = await tx.insert(customers).values({ name: "Acme" }).returning();
    const [job] = await tx
      .insert(jobs)
      .values({ customerId: acme?.id ?? "", resourceTypeId: type?.id ?? "", name: "Nightly" })
      .returning();
    const jobId = job?.id ?? "";
    await tx.insert(runs).values([
      { jobId, status: "success", ranAt: ago(0.01) },
      { jobId, status: "failed", ranAt: ago(0.02), message: "Disk full", reviewedAt: new Date() },
      { jobId, status: "failed", ranAt: ago(50) },
      { jobId, status: "warning", ranAt: ago(20 * 24), reviewedAt: new Date() },
      { jobId, status: "success", ranAt: ago(40 * 24), reviewedAt: new Date() },
    ]);
    const mail = { source: "upload" as const, broughtBy: "oto", raw: new Uint8Array(), sizeBytes: 0 };
    await tx.insert(mails).values([
      { ...mail, dedupeKey: "1" },
      { ...mail, dedupeKey: "2", deletedAt: new Date() },
      { ...mail, dedupeKey: "3", jobId },
    ]);
    await tx.insert(tickets).values([
      { kind: "ticket", number: 1001, title: "Open", createdBy: "oto" },
      { kind: "ticket", number: 1002, title: "Done", createdBy: "oto", resolvedAt: new Date() },
      { kind: "remark", title: "Note", createdBy: "oto" },
    ]);
  });
  actAs(oto);
  expect(await customerFigures()).toMatchObject([
    { name: "Acme", night: { success: 1, failed: 1, warning: 0 }, week: { success: 1, failed: 2, warning: 0 } },
  ]);
  const days = await dailyFigures();
  expect(days).toHaveLength(30);
  expect(sumOf(days.map(({ counts }) => counts))).toEqual({ success: 1, failed: 2, missed: 0, warning: 1, unknown: 0 });
  expect(await recentFailures()).toMatchObject([
    { customer: "Acme", job: "Nightly", message: "Disk full" },
    { customer: "Acme", message: null },
  ]);
});

test("of a run that came late its own end counts, and what is only suspected is unknown", async () => {
  actAs(oto);
  const before = sumOf((await customerFigures()).map(({ night }) => night));
  const [job] = await db().select().from(jobs);
  const jobId = job?.id ?? "";
  const [late] = await db().select().from(runs).where(eq(runs.status, "success")).limit(1);
  const missed = { jobId, status: "missed" as const, ranAt: ago(0.02), reviewedAt: new Date() };
  const added = await transaction((tx) =>
    tx
      .insert(runs)
      .values([{ ...missed, lateRunId: late?.id }, { ...missed, isSuspected: true }, missed])
      .returning({ id: runs.id }),
  );
  const after = { ...before, missed: before.missed + 1, unknown: before.unknown + 1 };
  expect(sumOf((await customerFigures()).map(({ night }) => night))).toEqual(after);
  expect(sumOf((await dailyFigures()).map(({ counts }) => counts))).toMatchObject({ missed: 1, unknown: 1 });
  const ids = added.map(({ id }) => id);
  await transaction((tx) => tx.delete(runs).where(inArray(runs.id, ids)));
});

test("what waits is told to each role as far as it may look", async () => {
  actAs(oto);
  expect(await waiting()).toEqual({ runs: "2", mails: "1", tickets: "1" });
  actAs(vi);
  expect(await waiting()).toEqual({ runs: null, mails: "1", tickets: "1" });
  actAs(rea);
  expect(await waiting()).toEqual({ runs: null, mails: null, tickets: null });
});

test("a reporter sees figures and no failed runs; without a role there is nothing", async () => {
  actAs(rea);
  expect(await customerFigures()).toHaveLength(1);
  await expect(recentFailures()).rejects.toEqual(new Interrupt("forbidden"));
  actAs(nobody);
  await expect(customerFigures()).rejects.toEqual(new Interrupt("forbidden"));
  await expect(dailyFigures()).rejects.toEqual(new Interrupt("forbidden"));
  await expect(waiting()).rejects.toEqual(new Interrupt("forbidden"));
});

test("customers in trouble come first, and those without failures are not among the worst", () => {
  const none = { missed: 0, failed: 0, warning: 0, unknown: 0, success: 0 };
  const figures = (name: string, failed: number, warning: number) => {
    const counts = { ...none, failed, warning, success: 5 };
    return { id: name, name, night: counts, week: counts };
  };
  const all = [figures("Beta", 0, 0), figures("Alpha", 0, 0), figures("Warned", 0, 2), figures("Broken", 3, 0)];
  expect(byNight(all).map(({ name }) => name)).toEqual(["Broken", "Warned", "Alpha", "Beta"]);
  expect(byNight([{ ...figures("Silent", 1, 0), night: none }])).toEqual([]);
  expect(worstOfWeek(all, 5).map(({ name }) => name)).toEqual(["Broken"]);
});

test("days without runs are there, in order", () => {
  const counts = { missed: 0, failed: 1, warning: 0, unknown: 0, success: 0 };
  const days = filledDays([{ day: "2026-02-28", counts }], "2026-03-01", 3);
  expect(days.map(({ day }) => day)).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
  expect(days[1]?.counts).toEqual(counts);
});
