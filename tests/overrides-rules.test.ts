import { asc, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { jobs } from "@/lib/db/schema/desk";
import { overrides } from "@/lib/db/schema/overrides";
import { runObjects, runs } from "@/lib/db/schema/runs";
import { applyOverrides, spokenOf, treatedBy } from "@/lib/overrides/apply";
import { folded, type JudgedRun, judge, stateOf } from "@/lib/overrides/rules";
import { matches, type Override, scopes } from "@/lib/overrides/types";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { oneOf, seeded } from "./support/seeded";

const HOUR = 3_600_000;
const hour = (n: number) => new Date(Date.UTC(2026, 10, 1) + n * HOUR);
const base: Override = {
  id: "01",
  scope: "job",
  software: null,
  customerId: null,
  jobId: "j1",
  objectName: null,
  statuses: ["failed", "warning"],
  match: "any",
  matchText: "",
  startsAt: hour(0),
  endsAt: hour(10),
};
const ran: JudgedRun = {
  status: "failed",
  message: "Disk D: is full",
  ranAt: hour(5),
  jobId: "j1",
  customerId: "c1",
  software: "Veeam",
  objects: [],
};
const treats = (override: Partial<Override>, run: Partial<JudgedRun> = {}) =>
  judge([{ ...base, ...override }], { ...ran, ...run }).run !== null;

describe("an override", () => {
  test("holds from its first moment up to its last", () => {
    expect([0, 5, 9.99].map((n) => treats({}, { ranAt: hour(n) }))).toEqual([true, true, true]);
    expect([-0.01, 10, 11].map((n) => treats({}, { ranAt: hour(n) }))).toEqual([false, false, false]);
    expect(treats({ endsAt: null }, { ranAt: hour(9000) })).toBe(true);
    expect(treats({ endsAt: hour(0) }, { ranAt: hour(0) })).toBe(false);
  });

  test("speaks only of the results that it names, and never of unknown ones", () => {
    expect(treats({ statuses: ["warning"] })).toBe(false);
    expect(treats({ statuses: ["missed"] }, { status: "missed" })).toBe(true);
    expect(treats({}, { status: "unknown" })).toBe(false);
    expect(treats({}, { status: "success" })).toBe(false);
  });

  test.each([
    ["contains", "d: IS", true],
    ["contains", "e:", false],
    ["exact", "disk d:  is\nfull ", true],
    ["exact", "Disk D:", false],
    ["starts", "disk", true],
    ["starts", "full", false],
    ["ends", "is full", true],
    ["ends", "is", false],
    ["contains", "%", false],
    ["contains", "_", false],
  ] as const)("that %s %j: %s", (match, matchText, expected) => {
    expect(treats({ match, matchText })).toBe(expected);
  });

  test("reaches what it is for", () => {
    expect(treats({ scope: "global", jobId: null })).toBe(true);
    expect(treats({ scope: "software", software: "Veeam" })).toBe(true);
    expect(treats({ scope: "software", software: "Acronis" })).toBe(false);
    expect(treats({ scope: "customer", customerId: "c1" })).toBe(true);
    expect(treats({ scope: "customer", customerId: "c2" })).toBe(false);
    expect(treats({ jobId: "j2" })).toBe(false);
  });

  test("of objects makes a run good only when every bad object is known and one is as bad as the run", () => {
    const bad = (name: string, status: "failed" | "warning" | "unknown") => ({ name, status, message: null });
    const good = { name: "good", status: "success" as const, message: null };
    const of = (objectName: string): Override => ({ ...base, id: objectName, scope: "object", objectName });
    const run = { ...ran, objects: [bad("VM-1", "failed"), good] };
    expect(judge([of("vm-1")], run)).toEqual({ run: "vm-1", objects: ["vm-1", null] });
    const two = { ...run, objects: [...run.objects, bad("VM-2", "warning")] };
    expect(judge([of("vm-1")], two)).toEqual({ run: null, objects: ["vm-1", null, null] });
    expect(judge([of("vm-1"), of("vm-2")], two).run).toBe("vm-1");
    const milder = { ...run, objects: [bad("VM-1", "warning")] };
    expect(judge([of("vm-1")], milder)).toEqual({ run: null, objects: ["vm-1"] });
    const unclear = { ...run, objects: [bad("VM-1", "failed"), bad("VM-2", "unknown")] };
    expect(judge([of("vm-1"), of("vm-2")], unclear).run).toBeNull();
    expect(judge([of("vm-1")], { ...run, objects: [] }).run).toBeNull();
  });

  test("that is nearer comes first, of two alike the older", () => {
    const far: Override = { ...base, id: "02", scope: "global", jobId: null };
    expect(judge([far, { ...base, id: "09" }, { ...base, id: "03" }], ran).run).toBe("03");
    expect(judge([far], ran).run).toBe("02");
  });

  test("is planned, active or ended", () => {
    expect([-1, 0, 9, 10].map((n) => stateOf(base, hour(n)))).toEqual(["planned", "active", "active", "ended"]);
    expect(stateOf({ startsAt: hour(0), endsAt: null }, hour(99))).toBe("active");
  });
});

test("texts are compared without case and spacing", () => {
  expect(folded(" Disk\r\n\tFULL  ")).toBe("disk full");
  expect(folded(null)).toBe("");
  expect(folded("ÄẞİK")).toBe("ÄẞİK".replace("K", "k"));
});

describe("the database decides as the rules do", () => {
  afterAll(closeTestDatabase);

  const next = seeded(7);
  const texts = ["Disk full", "disk  FULL", "full", "100% of_it", "Ä\nÖ", "", null, "a\\b", "İstanbul ẞ"] as const;
  const names = ["VM-1", "vm-1 ", "VM-2", "C:"];
  const all = ["success", "warning", "failed", "missed", "unknown"] as const;
  const some = <T>(many: readonly T[]): T[] => many.filter(() => next() < 0.6);
  type Row = typeof overrides.$inferInsert;
  const made: { id: string; customerId: string; software: string }[] = [];

  beforeAll(async () => {
    await openTestDatabase();
    for (const c of ["A", "B"]) {
      const customer = await customerNamed(c);
      for (const software of ["Veeam", "Acronis"]) made.push(await jobOf(customer, `${c} ${software}`, { software }));
    }
  });

  function anOverride(): Row {
    const job = oneOf(next, made);
    const scope = oneOf(next, scopes);
    const start = Math.floor(next() * 20);
    return {
      scope,
      software: scope === "software" ? oneOf(next, ["Veeam", "Acronis", "veeam"]) : null,
      customerId: scope === "customer" ? job.customerId : null,
      jobId: scope === "job" || scope === "object" ? job.id : null,
      objectName: scope === "object" ? oneOf(next, names) : null,
      statuses: some(["warning", "failed", "missed"] as const),
      match: oneOf(next, matches),
      matchText: oneOf(next, texts) ?? "",
      reason: "r",
      startsAt: hour(start),
      endsAt: next() < 0.3 ? null : hour(start + Math.floor(next() * 15)),
      createdBy: "oto",
    };
  }

  async function addRuns(count: number): Promise<string[]> {
    const rows = Array.from({ length: count }, () => {
      const job = oneOf(next, made);
      return {
        jobId: job.id,
        status: oneOf(next, all),
        message: oneOf(next, texts),
        ranAt: hour(Math.floor(next() * 40)),
      };
    });
    return transaction(async (tx) => {
      const added = await tx.insert(runs).values(rows).returning({ id: runs.id });
      const objects = added.flatMap(({ id }) =>
        Array.from({ length: Math.floor(next() * 4) }, (_, position) => ({
          ...{ runId: id, position, name: oneOf(next, names) },
          ...{ status: oneOf(next, all), message: oneOf(next, texts) },
        })),
      );
      if (objects.length > 0) await tx.insert(runObjects).values(objects);
      return added.map(({ id }) => id);
    });
  }

  async function expectJudged(): Promise<number> {
    const known = (await db().select().from(overrides)) as Override[];
    const rows = await db()
      .select({ run: runs, customerId: jobs.customerId, software: jobs.software })
      .from(runs)
      .innerJoin(jobs, eq(jobs.id, runs.jobId));
    const stored = await db().select().from(runObjects).orderBy(asc(runObjects.position));
    let treated = 0;
    for (const { run, ...job } of rows) {
      const objects = stored.filter(({ runId }) => runId === run.id);
      const judged = judge(known, { ...run, ...job, objects });
      const noted = { run: run.overrideId, objects: objects.map(({ overrideId }) => overrideId) };
      expect(noted, JSON.stringify({ run, objects, known }, null, 1)).toEqual(judged);
      expect(run.countsAs).toBe(judged.run ? "success" : run.status);
      if (judged.run) treated++;
    }
    return treated;
  }

  test("for whatever overrides and runs there are, in whatever order they come", async () => {
    let treated = 0;
    for (let round = 0; round < 8; round++) {
      const added = await addRuns(25);
      await transaction((tx) => applyOverrides(tx, added));
      treated += await expectJudged();
      for (let n = 0; n < 3; n++) {
        await transaction(async (tx) => {
          const [row] = await tx.insert(overrides).values(anOverride()).returning();
          if (row) await applyOverrides(tx, await spokenOf(tx, row));
        });
      }
      treated += await expectJudged();
      const [old] = await db().select().from(overrides).orderBy(asc(overrides.createdAt)).limit(1);
      await transaction(async (tx) => {
        const before = await treatedBy(tx, old?.id ?? "");
        if (round % 2) await tx.delete(overrides).where(eq(overrides.id, old?.id ?? ""));
        else
          await tx
            .update(overrides)
            .set({ endsAt: old?.startsAt })
            .where(eq(overrides.id, old?.id ?? ""));
        await applyOverrides(tx, before);
      });
      await expectJudged();
      if (round % 4 === 3)
        await transaction((tx) =>
          tx
            .delete(runs)
            .where(inArray(runs.id, added))
            .then(() => {}),
        );
    }
    expect(treated).toBeGreaterThan(100);
  }, 120_000);
});
