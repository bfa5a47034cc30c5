import { and, asc, eq, gte } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { jobs } from "@/lib/db/schema/desk";
import { overrides } from "@/lib/db/schema/overrides";
import { runObjects, runs } from "@/lib/db/schema/runs";
import { updateJob } from "@/lib/filing/editing/actions";
import { readListQuery, type SearchParams } from "@/lib/list";
import { momentIn } from "@/lib/moments";
import { createOverride, deleteOverride, endOverride, updateOverride } from "@/lib/overrides/actions";
import { draftFromRun, findOverrideTargets, overrideChoices, previewOverride } from "@/lib/overrides/drafting";
import {
  listOverrides,
  type OverrideSort,
  overrideFacts,
  overrideFilters,
  overrideOfRun,
  overrideSorts,
} from "@/lib/overrides/queries";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

let ada: Person;
let oto: Person;
let vi: Person;
let rea: Person;
/** An end user who covers one customer whole, and one who covers one job of it. */
let eve: Person;
let eli: Person;
let acme: { id: string };
let nightly: { id: string };
let weekly: { id: string };
let other: { id: string };
let bad: { id: string };

beforeAll(async () => {
  await openTestDatabase();
  [ada, oto] = [await person("ada", "Admin"), await person("oto", "Operator")];
  [vi, rea] = [await person("vi", "Viewer"), await person("rea", "Reporter")];
  acme = await customerNamed("Acme");
  nightly = await jobOf(acme, "Nightly", { software: "Veeam" });
  weekly = await jobOf(acme, "Weekly", { software: "Veeam" });
  other = await jobOf(await customerNamed("Beta"), "Copy", { software: "Hidden" });
  const rights = [
    "customers.view",
    "resources.view",
    "overrides.view",
    "overrides.manage",
    "overrides.delete",
  ] as const;
  await addRole("End user", rights, { "customers.view": only(acme.id), "resources.view": ALL });
  await addRole("One job", rights, { "customers.view": only(acme.id), "resources.view": only(nightly.id) });
  [eve, eli] = [await person("eve", "End user"), await person("eli", "One job")];
});
afterAll(closeTestDatabase);
let since = new Date();
beforeEach(async () => {
  since = new Date();
  await transaction(async (tx) => {
    await tx.delete(overrides);
    await tx.delete(runs);
  });
  bad = await runOf(nightly, "failed", 5, { message: "Disk is full" });
});

const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString().slice(0, 16);
const form = (change: Record<string, string | string[]> = {}) => ({
  scope: "job",
  job: nightly.id,
  "statuses[]": ["failed"],
  match: "contains",
  match_text: "disk",
  starts: hours(-48),
  reason: "Disk is ordered",
  ...change,
});
const create = (who: Person, change?: Record<string, string | string[]>) => submit(who, createOverride, form(change));
const list = (params: SearchParams = {}) =>
  listOverrides(readListQuery<OverrideSort>(params, overrideSorts, overrideFilters));
const rowOf = async () => (await db().select().from(overrides).orderBy(asc(overrides.id)))[0];
const countsAs = async (run: { id: string }) =>
  (await db().select({ as: runs.countsAs }).from(runs).where(eq(runs.id, run.id)))[0]?.as;
const auditOf = (action: string) =>
  db()
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), gte(auditEntries.at, since)))
    .orderBy(asc(auditEntries.at));

describe("an override", () => {
  test("treats runs of its time that were there before, and says how many", async () => {
    const old = await runOf(nightly, "failed", 72, { message: "Disk is full" });
    const another = await runOf(nightly, "failed", 4, { message: "Network" });
    expect(await create(oto)).toMatchObject({
      status: "done",
      message: "The override was added. It treats 1 run so far.",
    });
    expect([await countsAs(bad), await countsAs(old), await countsAs(another)]).toEqual([
      "success",
      "failed",
      "failed",
    ]);
    expect(await auditOf("override.create")).toMatchObject([
      { actor: "oto", target: "Acme: Nightly", after: { Results: "Failed", Message: 'contains "disk"', runs: 1 } },
    ]);
    actAs(vi);
    expect(await overrideOfRun(bad.id)).toMatchObject({ reason: "Disk is ordered", createdBy: "oto", wholeRun: true });
    expect(await overrideOfRun(another.id)).toBeNull();
  });

  test("that is edited treats what it says now", async () => {
    await create(oto);
    const id = (await rowOf())?.id ?? "";
    const narrow = form({ match_text: "network" });
    expect(await submit(oto, updateOverride, { ...narrow, id, version: 1 })).toMatchObject({
      message: "The override was saved. No run so far is like it.",
    });
    expect(await countsAs(bad)).toBe("failed");
    const second = await submit(oto, updateOverride, { ...form({ reason: "Mine" }), id, version: 1 });
    expect(second).toMatchObject({ status: "refused", message: expect.stringContaining("oto changed this override") });
    expect(second.message).toContain('Message "contains "network""');
    expect(await rowOf()).toMatchObject({ reason: "Disk is ordered", version: 2 });
  });

  test("that ends keeps what was, and treats nothing after", async () => {
    await create(oto, { ends: hours(48) });
    const later = await runOf(nightly, "failed", -1, { message: "Disk is full" });
    const id = (await rowOf())?.id ?? "";
    expect(await submit(oto, endOverride, { id })).toMatchObject({ status: "done" });
    expect([await countsAs(bad), await countsAs(later)]).toEqual(["success", "failed"]);
    expect(await submit(oto, endOverride, { id })).toMatchObject({ message: "This override has ended already." });
  });

  test("that was planned and ends has never been", async () => {
    await create(oto, { starts: hours(24) });
    const id = (await rowOf())?.id ?? "";
    actAs(oto);
    expect((await list({ state: "planned" })).rows).toHaveLength(1);
    await submit(oto, endOverride, { id });
    actAs(oto);
    expect((await list()).rows).toEqual([]);
    expect((await list({ state: "ended" })).rows).toHaveLength(1);
  });

  test("that is deleted leaves no trace in how runs count, and takes a right of its own", async () => {
    await create(oto);
    await create(oto, { scope: "customer", customer: acme.id, reason: "Wider" });
    const id = (await rowOf())?.id ?? "";
    await expect(submit(oto, deleteOverride, { id })).rejects.toEqual(new Interrupt("forbidden"));
    expect(await submit(ada, deleteOverride, { id })).toMatchObject({ status: "done" });
    const wider = (await rowOf())?.id;
    expect((await db().select().from(runs).where(eq(runs.id, bad.id)))[0]?.overrideId).toBe(wider);
    await submit(ada, deleteOverride, { id: wider ?? "" });
    expect(await countsAs(bad)).toBe("failed");
    expect(await auditOf("override.delete")).toMatchObject([{ outcome: "refused" }, { before: { runs: 1 } }, {}]);
  });

  test("never makes an unknown run good, and says nothing about it", async () => {
    const unknown = await runOf(nightly, "unknown", 3, { message: "Disk is full" });
    expect(await create(oto, { "statuses[]": ["unknown"] })).toMatchObject({ status: "invalid" });
    await create(oto, { "statuses[]": ["failed", "warning", "missed"], match: "any" });
    expect(await countsAs(unknown)).toBe("unknown");
    actAs(oto);
    expect(await draftFromRun(unknown.id)).toBeNull();
  });

  test.each([
    [{ "statuses[]": [] }, { statuses: "Choose at least one result." }],
    [{ match_text: " " }, { match_text: "Enter what the message says." }],
    [{ job: "" }, { job: "Choose a job from the list." }],
    [{ scope: "software", software: "" }, { software: "Choose a software." }],
    [{ scope: "object" }, { object: "Enter the name of the object." }],
    [{ reason: " " }, { reason: "Enter a reason." }],
    [{ starts: "soon" }, { starts: "Enter a day and a time." }],
    [{ starts: "2020-01-01T00:00" }, { starts: "At most a year back." }],
    [{ ends: hours(-50) }, { ends: "It must end after it begins." }],
    [{ job: "0197f0a0-0000-7000-8000-000000000000" }, { job: "This job does not exist any more." }],
  ])("with %j is not made", async (change, errors) => {
    expect(await create(oto, change as never)).toMatchObject({ status: "invalid", errors });
    expect(await rowOf()).toBeUndefined();
  });
});

describe("what a role does not cover", () => {
  test("is reached by no override that the role makes, also not later", async () => {
    const tooFar = { errors: { scope: expect.stringContaining("Your role covers chosen customers or jobs only.") } };
    for (const who of [eve, eli]) {
      expect(await create(who, { scope: "global" })).toMatchObject(tooFar);
      expect(await create(who, { scope: "software", software: "Veeam" })).toMatchObject(tooFar);
      const gone = await create(who, { job: other.id });
      expect(gone).toMatchObject({ status: "invalid", errors: { job: "This job does not exist any more." } });
    }
    expect(await create(eve, { scope: "customer", customer: acme.id })).toMatchObject({ status: "done" });
    expect(await create(eli, { scope: "customer", customer: acme.id })).toMatchObject(tooFar);
    expect(await create(eli, { job: weekly.id })).toMatchObject({ status: "invalid" });
    expect(await create(eli)).toMatchObject({ status: "done" });
    actAs(eli);
    expect(await overrideChoices()).toEqual({ scopes: ["job", "object"], softwares: [] });
    actAs(eve);
    expect((await overrideChoices()).scopes).toEqual(["customer", "job", "object"]);
  });

  test("is not changed, ended or deleted by it, and others' overrides do not exist for it", async () => {
    await create(ada, { scope: "global" });
    const id = (await rowOf())?.id ?? "";
    const answer = { status: "refused", message: "This override reaches further than your role." };
    for (const who of [eve, eli]) {
      expect(await submit(who, endOverride, { id })).toMatchObject(answer);
      expect(await submit(who, deleteOverride, { id })).toMatchObject(answer);
      expect(await submit(who, updateOverride, { ...form(), id, version: 1 })).toMatchObject(answer);
    }
    await transaction((tx) => tx.delete(overrides).then(() => {}));
    await create(ada, { job: other.id });
    const hidden = (await rowOf())?.id ?? "";
    for (const act of [endOverride, deleteOverride])
      expect(await submit(eve, act, { id: hidden })).toMatchObject({
        message: "This override does not exist any more.",
      });
    expect(await countsAs(bad)).toBe("failed");
  });

  test("is not in the list, in its filters, or in its numbers", async () => {
    await runOf(other, "failed", 3, { message: "Disk" });
    await create(ada, { scope: "global", reason: "For all" });
    await create(ada, { scope: "software", software: "Hidden", reason: "Not theirs" });
    await create(ada, { scope: "software", software: "Veeam", reason: "Theirs" });
    await create(ada, { job: other.id, reason: "Not theirs" });
    actAs(eve);
    const rows = (await list()).rows;
    expect(rows.map(({ reason }) => reason).sort()).toEqual(["For all", "Theirs"]);
    expect(rows.map(({ changeable }) => changeable)).toEqual([false, false]);
    expect(await overrideFacts()).toEqual({ softwares: ["Veeam"], customers: [] });
    expect(rows.find(({ reason }) => reason === "Theirs")?.runs).toBe(1);
    expect(rows.find(({ reason }) => reason === "For all")?.runs).toBe(0);
    actAs(ada);
    expect((await list({ scope: "global" })).rows[0]).toMatchObject({ runs: 0, changeable: true });
    expect((await list({ customer: acme.id })).rows).toEqual([]);
    expect((await list({ q: "not THEIRS" })).rows).toHaveLength(2);
  });

  test("is not counted by a preview, and not found for the form", async () => {
    await runOf(other, "failed", 3, { message: "Disk" });
    const everything = { software: null, customerId: null, jobId: null, objectName: null };
    const pattern = {
      ...everything,
      scope: "global",
      statuses: ["failed"],
      match: "contains",
      matchText: "DISK",
    } as const;
    actAs(eve);
    expect(await previewOverride(pattern)).toEqual({ treated: 1, of: 1 });
    expect(await findOverrideTargets("job", "")).toHaveLength(2);
    expect(await findOverrideTargets("customer", "beta")).toEqual([]);
    actAs(ada);
    expect(await previewOverride(pattern)).toEqual({ treated: 2, of: 2 });
    expect(await findOverrideTargets("job", "copy")).toEqual([{ id: other.id, label: "Beta: Copy" }]);
  });
});

test("a preview counts runs whose bad objects would all be known, also together with other overrides", async () => {
  const run = await runOf(weekly, "failed", 2);
  const objects = ["VM-1", "VM-2"].map((name, position) => ({
    runId: run.id,
    position,
    name,
    status: "failed" as const,
  }));
  await transaction((tx) =>
    tx
      .insert(runObjects)
      .values(objects)
      .then(() => {}),
  );
  const about = (objectName: string) =>
    ({ scope: "object", software: null, customerId: null, jobId: weekly.id, objectName }) as const;
  const any = { statuses: ["failed"], match: "any", matchText: "" } as const;
  actAs(oto);
  expect(await previewOverride({ ...about("VM-1"), ...any })).toEqual({ treated: 0, of: 1 });
  await create(oto, { scope: "object", job: weekly.id, object: "vm-2", match: "any" });
  expect(await countsAs(run)).toBe("failed");
  actAs(oto);
  expect(await overrideOfRun(run.id)).toMatchObject({ wholeRun: false });
  expect(await previewOverride({ ...about("VM-1"), ...any })).toEqual({ treated: 1, of: 1 });
  await create(oto, { scope: "object", job: weekly.id, object: "VM-1", match: "any" });
  expect(await countsAs(run)).toBe("success");
});

test("the form comes filled in from a run, or from one of its objects", async () => {
  await transaction((tx) =>
    tx
      .insert(runObjects)
      .values({ runId: bad.id, position: 0, name: "VM-1", status: "warning", message: "m".repeat(600) }),
  );
  actAs(oto);
  expect(await draftFromRun(bad.id)).toMatchObject({
    scope: "job",
    job: { id: nightly.id, label: "Acme: Nightly" },
    statuses: ["failed"],
    match: "exact",
    matchText: "Disk is full",
  });
  expect(await draftFromRun(bad.id, "VM-1")).toMatchObject({ scope: "object", object: "VM-1", match: "starts" });
  expect(await draftFromRun(bad.id, "VM-9")).toBeNull();
  expect(await draftFromRun("nonsense")).toBeNull();
  const hidden = await runOf(other, "failed");
  actAs(eve);
  expect(await draftFromRun(hidden.id)).toBeNull();
});

test("from a missed run the form takes any message: each says another time", async () => {
  const [tuesday, wednesday] = [
    await runOf(nightly, "missed", 30, { message: "No mail came. Expected Tuesday 22:00, at the latest 23:10." }),
    await runOf(nightly, "missed", 6, { message: "No mail came. Expected Wednesday 22:00, at the latest 23:10." }),
  ];
  actAs(oto);
  const draft = await draftFromRun(tuesday.id);
  expect(draft).toMatchObject({ statuses: ["missed"], match: "any", matchText: "" });
  await create(oto, { "statuses[]": ["missed"], match: draft?.match ?? "", starts: draft?.starts ?? "" });
  expect([await countsAs(tuesday), await countsAs(wednesday)]).toEqual(["success", "success"]);
});

test("the sign at a job leads to the overrides that reach it, whatever they are for", async () => {
  const any = { match: "any" };
  await create(ada, { ...any, scope: "global", reason: "everything" });
  await create(ada, { ...any, scope: "software", software: "Veeam", reason: "software" });
  await create(ada, { ...any, scope: "customer", customer: acme.id, reason: "customer" });
  await create(ada, { ...any, job: weekly.id, reason: "weekly" });
  await create(ada, { ...any, reason: "nightly" });
  const reasons = async (job: string) => (await list({ job, sort: "created" })).rows.map(({ reason }) => reason);
  actAs(vi);
  expect(await reasons(nightly.id)).toEqual(["everything", "software", "customer", "nightly"]);
  expect(await reasons(other.id)).toEqual(["everything"]);
  expect(await reasons("nonsense")).toEqual([]);
  actAs(eli);
  expect(await reasons(weekly.id), "a job that is not covered does not exist").toEqual([]);
});

test("a job that moves to another customer leaves the overrides of the old one, and comes under those of the new one", async () => {
  const [from, to] = [await customerNamed("Leaving"), await customerNamed("Taking")];
  const job = await jobOf(from, "Moving");
  const [warned, failed] = [await runOf(job, "warning"), await runOf(job, "failed")];
  const of = (customer: { id: string }, status: string) =>
    create(ada, { scope: "customer", customer: customer.id, match: "any", "statuses[]": [status] });
  await of(from, "warning");
  await of(to, "failed");
  expect([await countsAs(warned), await countsAs(failed)]).toEqual(["success", "failed"]);
  const [row] = await db().select().from(jobs).where(eq(jobs.id, job.id));
  const form = { id: job.id, version: 1, name: "Moving", type: row?.resourceTypeId ?? "", customer: "Taking" };
  expect(await submit(oto, updateJob, form)).toMatchObject({ status: "done" });
  expect([await countsAs(warned), await countsAs(failed)]).toEqual(["warning", "success"]);
});

test("lists show what ends soon first, what has no end last, and page", async () => {
  const rows = Array.from({ length: 60 }, (_, n) => ({
    ...{ scope: "job" as const, jobId: nightly.id, statuses: ["failed" as const], reason: `r${n}`, createdBy: "oto" },
    startsAt: new Date(Date.now() - 3_600_000),
    endsAt: n % 2 ? null : new Date(Date.now() + (60 - n) * 3_600_000),
  }));
  await transaction((tx) =>
    tx
      .insert(overrides)
      .values(rows)
      .then(() => {}),
  );
  actAs(vi);
  const first = await list();
  expect(first.rows[0]?.reason).toBe("r58");
  const second = await list({ after: `${first.next?.id}~${first.next?.value}` });
  expect(
    first.rows
      .concat(second.rows)
      .map(({ endsAt }) => endsAt === null)
      .indexOf(true),
  ).toBe(30);
  expect(second.rows).toHaveLength(10);
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(60);
});

test("who may only look changes nothing, and a reporter sees none", async () => {
  await create(oto);
  const id = (await rowOf())?.id ?? "";
  for (const [act, values] of [
    [createOverride, form()],
    [updateOverride, { ...form(), id, version: 1 }],
    [endOverride, { id }],
    [deleteOverride, { id }],
  ] as const)
    await expect(submit(vi, act, values)).rejects.toEqual(new Interrupt("forbidden"));
  actAs(vi);
  await expect(overrideChoices()).rejects.toEqual(new Interrupt("forbidden"));
  expect((await list()).rows).toHaveLength(1);
  actAs(rea);
  await expect(list()).rejects.toEqual(new Interrupt("forbidden"));
});

test("moments are those of the account's clock, also where it is set forward", () => {
  expect(momentIn("2026-07-01T12:00", "Europe/Berlin")?.toISOString()).toBe("2026-07-01T10:00:00.000Z");
  expect(momentIn("2026-03-29T02:30", "Europe/Berlin")?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
  expect(["2026-02-30T00:00", "2026-01-01", "", "x"].map((text) => momentIn(text, "UTC"))).toEqual(Array(4).fill(null));
});
