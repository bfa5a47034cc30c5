import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { runObjects, runs } from "@/lib/db/schema/runs";
import { markOddities } from "@/lib/oddities/mark";
import { findOddities, type Observed } from "@/lib/oddities/rules";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";

const GiB = 1024 ** 3;
const run = (values: Partial<Observed> = {}): Observed => ({
  status: "success",
  sizeBytes: 50 * GiB,
  transferredBytes: null,
  durationSeconds: 3600,
  ...values,
});
const usual = (count = 10, values: Partial<Observed> = {}) => Array.from({ length: count }, () => run(values));
const kinds = (one: Observed, past: Observed[]) => findOddities(one, past, null).map(({ kind }) => kind);

describe("rules", () => {
  test("a size that dropped or grew is told with what is usual", () => {
    const past = [48, 49, 50, 50, 51, 50, 52, 50, 49, 51].map((size) => run({ sizeBytes: size * GiB }));
    expect(findOddities(run({ sizeBytes: 12 * GiB }), past, null)).toEqual([
      { kind: "size-drop", text: "12 GiB, usually 49 GiB to 51 GiB." },
    ]);
    expect(kinds(run({ sizeBytes: 151 * GiB }), past)).toEqual(["size-growth"]);
    for (const size of [26, 50, 149]) expect(kinds(run({ sizeBytes: size * GiB }), past), `${size}`).toEqual([]);
  });

  test("the median is that of the last ten, not of what was long ago", () => {
    const past = [...usual(10, { sizeBytes: GiB }), ...usual(20, { sizeBytes: 100 * GiB })];
    expect(kinds(run({ sizeBytes: 4 * GiB }), past)).toEqual(["size-growth"]);
  });

  test("a weekly full backup between small ones is no growth, and the small ones after it no drop", () => {
    const days = Array.from({ length: 28 }, (_, day) => run({ sizeBytes: (day % 7 === 6 ? 400 : 10) * GiB }));
    expect(kinds(run({ sizeBytes: 410 * GiB }), days)).toEqual([]);
    expect(kinds(run({ sizeBytes: 10 * GiB }), [run({ sizeBytes: 400 * GiB }), ...days])).toEqual([]);
  });

  test("with fewer than five comparable runs nothing is usual", () => {
    const failed = usual(20, { status: "failed", sizeBytes: 50 * GiB });
    const odd = run({ sizeBytes: GiB, durationSeconds: 99_999 });
    expect(kinds(odd, [...usual(4), ...failed])).toEqual([]);
    expect(kinds(odd, [...usual(5), ...failed])).toEqual(["size-drop", "slow"]);
  });

  test("twice as long as nearly all is slow, but seconds are not", () => {
    expect(findOddities(run({ durationSeconds: 7201 }), usual(), null)).toEqual([
      { kind: "slow", text: "Took 2 h 00 min, usually 1 h 00 min." },
    ]);
    expect(kinds(run({ durationSeconds: 7200 }), usual())).toEqual([]);
    expect(kinds(run({ durationSeconds: 30 }), usual(10, { durationSeconds: 3 }))).toEqual([]);
    const oneLong = [run({ durationSeconds: 9000 }), ...usual(10)];
    expect(kinds(run({ durationSeconds: 15_000 }), oneLong)).toEqual([]);
  });

  test("next to no time and nothing kept is told once", () => {
    const empty = run({ sizeBytes: 0, durationSeconds: 20 });
    expect(findOddities(empty, usual(), null)).toEqual([
      { kind: "empty", text: "Nothing in 20 s, usually 1 h 00 min." },
    ]);
    expect(kinds({ ...empty, durationSeconds: 360 }, usual())).toEqual(["size-drop"]);
    expect(kinds(run({ sizeBytes: null, transferredBytes: 0, durationSeconds: 20 }), usual())).toEqual(["empty"]);
    expect(kinds(run({ durationSeconds: 20 }), usual())).toEqual([]);
  });

  test("three failures in a row are told, whatever was missed between them; sizes of a failure tell nothing", () => {
    const failed = run({ status: "failed", sizeBytes: 0, durationSeconds: 1 });
    const missed = run({ status: "missed" });
    expect(kinds(failed, [failed, run(), failed])).toEqual([]);
    expect(findOddities(failed, [missed, failed, missed, failed, run()], null)).toEqual([
      { kind: "failing", text: "Failed 3 times in a row." },
    ]);
    expect(findOddities(failed, [failed, failed], null)).toHaveLength(1);
    expect(findOddities(failed, usual(30, { status: "failed" }), null)[0]?.text).toBe(
      "Failed more than 30 times in a row.",
    );
  });

  test("objects that are gone or new are named, the first of many", () => {
    const objects = { gone: ["SRV-1"], goneCount: 1, added: ["A", "B"], addedCount: 9 };
    expect(findOddities(run(), usual(), objects)).toEqual([
      { kind: "objects-gone", text: "1 object missing: SRV-1." },
      { kind: "objects-new", text: "9 new objects: A, B and 7 more." },
    ]);
  });
});

describe("marks", () => {
  beforeAll(openTestDatabase);
  afterAll(closeTestDatabase);
  beforeEach(() => transaction((tx) => tx.delete(runs)));

  const marked = async (id: string) => (await db().select({ odd: runs.odd }).from(runs).where(eq(runs.id, id)))[0]?.odd;
  const mark = (...ids: string[]) => transaction((tx) => markOddities(tx, ids));
  const withObjects = async (
    job: { id: string },
    hours: number,
    names: string[],
    status: "success" | "failed" = "success",
  ) => {
    const made = await runOf(job, status, hours, { sizeBytes: 50 * GiB, durationSeconds: 3600 });
    const rows = names.map((name, position) => ({ runId: made.id, position, name, status: "success" as const }));
    if (rows.length > 0) await transaction((tx) => tx.insert(runObjects).values(rows));
    return made;
  };

  test("a run is compared with those of its own job before it", async () => {
    const customer = await customerNamed("Acme");
    const [job, other] = [await jobOf(customer, "A"), await jobOf(customer, "B")];
    for (let i = 2; i < 8; i++) await runOf(job, "success", 24 * i, { sizeBytes: 50 * GiB });
    for (let i = 2; i < 8; i++) await runOf(other, "success", 24 * i, { sizeBytes: GiB });
    const small = await runOf(job, "success", 24, { sizeBytes: GiB });
    const later = await runOf(job, "success", 1, { sizeBytes: 50 * GiB });
    const early = await runOf(job, "success", 24 * 30, { sizeBytes: GiB });
    const fine = await runOf(other, "success", 24, { sizeBytes: GiB });
    await mark(small.id, later.id, early.id, fine.id);
    expect(await marked(small.id)).toEqual([{ kind: "size-drop", text: "1 GiB, usually 50 GiB." }]);
    for (const { id } of [later, early, fine]) expect(await marked(id)).toEqual([]);
  });

  test("objects: gone when the last three had it, new when the last ten did not", async () => {
    const job = await jobOf(await customerNamed("Beta"), "VMs");
    for (let i = 10; i > 1; i--) await withObjects(job, i * 24, i === 9 ? ["a", "b", "old"] : ["a", "b"]);
    const changed = await withObjects(job, 24, ["a", "c"]);
    const back = await withObjects(job, 12, ["a", "b", "old"]);
    const failed = await withObjects(job, 6, [], "failed");
    const none = await withObjects(job, 3, []);
    await mark(changed.id, back.id, failed.id, none.id);
    expect(await marked(changed.id)).toEqual([
      { kind: "objects-gone", text: "1 object missing: b." },
      { kind: "objects-new", text: "1 new object: c." },
    ]);
    expect(await marked(back.id)).toEqual([]);
    expect(await marked(failed.id)).toEqual([]);
    expect(await marked(none.id)).toEqual([{ kind: "objects-gone", text: "1 object missing: a." }]);
  });

  test("a job whose mails begin to name objects has no new ones", async () => {
    const job = await jobOf(await customerNamed("Gamma"), "VMs");
    for (let i = 10; i > 1; i--) await withObjects(job, i * 24, []);
    const first = await withObjects(job, 24, ["a", "b"]);
    await mark(first.id);
    expect(await marked(first.id)).toEqual([]);
  });

  test("what is not odd any more is cleared", async () => {
    const job = await jobOf(await customerNamed("Delta"), "Files");
    const fine = await runOf(job, "success", 1, { odd: [{ kind: "slow", text: "Took 9 h." }] });
    await mark(fine.id);
    expect(await marked(fine.id)).toEqual([]);
  });
});
