import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers } from "@/lib/db/schema/desk";
import { runs } from "@/lib/db/schema/runs";
import { readListQuery } from "@/lib/list";
import { reviewRuns, undoReview } from "@/lib/run-checks/actions";
import { countUnreviewed } from "@/lib/run-checks/counts";
import { listReviewed, listUnreviewed } from "@/lib/run-checks/queries";
import { checkFilters, groupRuns } from "@/lib/run-checks/rules";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, objectsOf, runOf } from "./support/desk";

let oto: Person;
let olga: Person;
let vi: Person;
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
  olga = await person("olga", "Operator");
  vi = await person("vi", "Viewer");
});
afterAll(closeTestDatabase);
beforeEach(async () => {
  await transaction((tx) => tx.delete(runs));
  await transaction((tx) => tx.execute(sql`truncate audit_entries`));
});

const waiting = (params: Record<string, string> = {}) => {
  actAs(oto);
  return listUnreviewed(readListQuery<"position">(params, ["position"], checkFilters));
};
const counted = (params: Record<string, string> = {}) => {
  actAs(oto);
  return countUnreviewed(readListQuery(params, ["position"], checkFilters));
};
const auditOf = (action: string) => db().select().from(auditEntries).where(eq(auditEntries.action, action));
const stored = (...ids: string[]) => db().select().from(runs).where(inArray(runs.id, ids)).orderBy(runs.ranAt);
const until = () => new Date().toISOString();

test("runs are grouped by customer and job, what needs work comes first, unknown is not green", async () => {
  const [acme, zeta] = [await customerNamed("Acme"), await customerNamed("Zeta")];
  const [files, mail] = [await jobOf(acme, "Files"), await jobOf(acme, "Mail")];
  const sql = await jobOf(zeta, "SQL", { host: "ZETA-SQL" });
  await runOf(files, "success", 3);
  await runOf(mail, "unknown", 2);
  const bad = await runOf(sql, "failed", 1, { message: "No space left." });
  await objectsOf(bad, "failed", "success", "warning");
  await runOf(sql, "success", 2);

  const { rows } = await waiting();
  const groups = groupRuns(rows);

  expect(groups.map(({ name, total, counts }) => [name, total, counts])).toEqual([
    [
      "Zeta",
      2,
      [
        ["failed", 1],
        ["success", 1],
      ],
    ],
    [
      "Acme",
      2,
      [
        ["unknown", 1],
        ["success", 1],
      ],
    ],
  ]);
  expect(groups[1]?.jobs.map(({ name }) => name)).toEqual(["Mail", "Files"]);
  expect(groups[0]?.jobs[0]).toMatchObject({ host: "ZETA-SQL", total: 2 });
  expect(rows[0]).toMatchObject({ id: bad.id, message: "No space left.", objects: 3, objectsInTrouble: 2 });
  expect(await counted()).toMatchObject({
    total: 4,
    byStatus: { failed: 1, warning: 0, unknown: 1, success: 2 },
  });
});

test("runs of deactivated customers and archived jobs wait for nobody", async () => {
  const gone = await customerNamed("Gone", { deactivatedAt: new Date() });
  await runOf(await jobOf(gone, "Files"), "failed");
  await runOf(await jobOf(await customerNamed("Here"), "Old", { archivedAt: new Date() }), "failed");
  expect((await waiting()).rows).toEqual([]);
  expect(await counted()).toMatchObject({ total: 0 });
});

test("a status filter and a search narrow the list, and counts follow the search alone", async () => {
  const job = await jobOf(await customerNamed("Needle & Sons"), "Files");
  await runOf(job, "failed");
  await runOf(job, "success", 2);
  await runOf(await jobOf(await customerNamed("Haystack"), "Files"), "failed");
  expect((await waiting({ status: "failed" })).rows).toHaveLength(2);
  expect((await waiting({ q: "needle &", status: "success" })).rows).toMatchObject([
    { status: "success", jobTotal: 2 },
  ]);
  expect(await counted({ q: "needle &" })).toMatchObject({ total: 2 });
  expect((await waiting({ q: "%" })).rows).toEqual([]);
});

test("a page holds 200 runs, and the next one goes on where it ended", async () => {
  const job = await jobOf(await customerNamed("Busy"), "Hourly");
  await transaction((tx) =>
    tx.insert(runs).values(
      Array.from({ length: 250 }, (_, i) => ({
        jobId: job.id,
        status: i % 50 === 0 ? ("failed" as const) : ("success" as const),
        ranAt: new Date(Date.UTC(2026, 9, 1, i)),
      })),
    ),
  );
  const first = await waiting();
  expect(first.rows).toHaveLength(200);
  expect(first.rows.slice(0, 5).every(({ status }) => status === "failed")).toBe(true);
  const second = await waiting({ after: `${first.next?.id}~${first.next?.value}` });
  expect(second.rows).toHaveLength(50);
  expect(second.next).toBeNull();
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(250);
  const back = await waiting({ before: `${second.previous?.id}~${second.previous?.value}` });
  expect(back.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
});

test("an operator marks one run, and takes it back", async () => {
  const run = await runOf(await jobOf(await customerNamed("One"), "Files"), "warning");
  expect(await submit(oto, reviewRuns, { run: run.id })).toMatchObject({
    status: "done",
    message: "1 run was marked as reviewed.",
    data: { count: 1 },
  });
  expect(await stored(run.id)).toMatchObject([{ reviewer: "oto", reviewedBy: oto.id }]);
  expect(await auditOf("run.review")).toMatchObject([
    { actor: "oto", role: "Operator", target: "Files", targetId: run.id, after: { count: 1, runs: [run.id] } },
  ]);
  expect(await submit(olga, undoReview, { run: run.id })).toMatchObject({ message: "1 run waits for review again." });
  expect(await stored(run.id)).toMatchObject([{ reviewedAt: null, reviewer: null, reviewedBy: null }]);
  expect(await auditOf("run.undo_review")).toMatchObject([{ actor: "olga", before: { runs: [{ reviewer: "oto" }] } }]);
});

test("marking many is one audit entry, and undo takes back exactly what that click marked", async () => {
  const job = await jobOf(await customerNamed("Many"), "Files");
  const [a, b, earlier] = [
    await runOf(job, "failed", 1),
    await runOf(job, "success", 2),
    await runOf(job, "success", 9),
  ];
  await submit(oto, reviewRuns, { run: earlier.id });
  const marked = await submit(oto, reviewRuns, { "ids[]": [a.id, b.id] });
  expect(marked.message).toBe("2 runs were marked as reviewed.");
  expect(await auditOf("run.review")).toHaveLength(2);
  const { batch } = marked.data as { batch: string };
  expect(await submit(olga, undoReview, { batch }), "somebody else's click").toMatchObject({
    message: "These runs were waiting for review already.",
  });
  expect(await submit(oto, undoReview, { batch })).toMatchObject({ message: "2 runs wait for review again." });
  expect((await stored(a.id, b.id, earlier.id)).map(({ reviewer }) => reviewer)).toEqual(["oto", null, null]);
});

test("all runs of a job are marked, but not one that came after the page was made", async () => {
  const job = await jobOf(await customerNamed("Whole"), "Files");
  const seen = [await runOf(job, "failed", 5), await runOf(job, "success", 4)];
  const page = until();
  const late = await runOf(job, "failed", 0, { createdAt: new Date(Date.now() + 1000) });
  expect(await submit(oto, reviewRuns, { job: job.id, until: page })).toMatchObject({
    message: "2 runs were marked as reviewed.",
  });
  expect((await stored(...seen.map(({ id }) => id))).every(({ reviewer }) => reviewer === "oto")).toBe(true);
  expect(await stored(late.id)).toMatchObject([{ reviewedAt: null }]);
  expect(await submit(oto, reviewRuns, { job: job.id })).toMatchObject({ status: "invalid" });
});

test("what somebody else has already reviewed is no error: it is told, and stays theirs", async () => {
  const job = await jobOf(await customerNamed("Twice"), "Files");
  const [a, b] = [await runOf(job, "failed", 1), await runOf(job, "warning", 2)];
  await submit(olga, reviewRuns, { run: a.id });
  const missing = "0193a1b2-0000-7000-8000-000000000000";
  expect(await submit(oto, reviewRuns, { "ids[]": [a.id, b.id, missing] })).toMatchObject({
    status: "done",
    message: "1 run was marked as reviewed. 1 run was already reviewed by olga. 1 does not exist any more.",
  });
  expect((await stored(a.id, b.id)).map(({ reviewer }) => reviewer)).toEqual(["oto", "olga"]);
});

test("nothing selected is said in words, and changes nothing", async () => {
  const state = await submit(oto, reviewRuns, {});
  expect(state).toMatchObject({ status: "invalid", errors: { "": "Select at least one run." } });
  expect(await auditOf("run.review")).toEqual([]);
});

test("who may not review is refused, with one audit entry and nothing changed", async () => {
  const run = await runOf(await jobOf(await customerNamed("Closed"), "Files"), "failed");
  const rea = await person("rea", "Reporter");
  for (const who of [vi, rea]) {
    await expect(submit(who, reviewRuns, { run: run.id })).rejects.toEqual(new Interrupt("forbidden"));
    await expect(submit(who, undoReview, { run: run.id })).rejects.toEqual(new Interrupt("forbidden"));
    actAs(who);
    await expect(waitingAs()).rejects.toEqual(new Interrupt("forbidden"));
  }
  expect(await stored(run.id)).toMatchObject([{ reviewedAt: null }]);
  expect(await auditOf("run.review")).toMatchObject([{ outcome: "refused" }, { outcome: "refused" }]);
});

const waitingAs = () => listUnreviewed(readListQuery<"position">({}, ["position"], []));

test("the recently reviewed come back with the latest first, also of customers that are deactivated by now", async () => {
  const customer = await customerNamed("Past");
  const job = await jobOf(customer, "Files");
  const [a, b] = [await runOf(job, "failed", 1), await runOf(job, "success", 2)];
  await submit(oto, reviewRuns, { run: a.id });
  await submit(olga, reviewRuns, { run: b.id });
  await transaction((tx) =>
    tx.update(customers).set({ deactivatedAt: new Date() }).where(eq(customers.id, customer.id)),
  );
  actAs(oto);
  const { rows } = await listReviewed(readListQuery({}, ["-reviewed"]));
  expect(rows.map(({ id, reviewer }) => [id, reviewer])).toEqual([
    [b.id, "olga"],
    [a.id, "oto"],
  ]);
});
