import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries, roleScopes, roles } from "@/lib/db/schema/access";
import { jobs, resourceTypes } from "@/lib/db/schema/desk";
import { updateJob } from "@/lib/filing/editing/actions";
import { suggestedType } from "@/lib/filing/suggest";
import { createType, deleteType, mergeType, moveType, renameType } from "@/lib/resource-types/actions";
import { listCoveringRoles, listResourceTypes } from "@/lib/resource-types/queries";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

let ada: Person;
let round = 0;

beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
});
afterAll(closeTestDatabase);
beforeEach(() => actAs(ada));

const stored = () => db().select().from(resourceTypes).orderBy(asc(resourceTypes.position));
const names = async () => (await stored()).map(({ name }) => name);
const typeNamed = async (name: string) => {
  const found = (await stored()).find((type) => type.name === name);
  if (!found) throw new Error(`There is no type ${name}.`);
  return found;
};
/** A type of its own for each test, with as many jobs as wanted. */
async function typeWith(count: number, word?: string) {
  const name = `Type ${++round}`;
  await submit(ada, createType, { name });
  const type = await typeNamed(name);
  if (word)
    await transaction((tx) =>
      tx
        .update(resourceTypes)
        .set({ suggestedAs: [word] })
        .where(eq(resourceTypes.id, type.id)),
    );
  const customer = await customerNamed(`Customer ${round}`);
  const made = [];
  for (let i = 0; i < count; i++) made.push(await jobOf(customer, `J${round}-${i}`, { resourceTypeId: type.id }));
  return { ...type, jobs: made, customer };
}
const typeOfJob = async (id: string) => (await db().select().from(jobs).where(eq(jobs.id, id)))[0]?.resourceTypeId;
const lastEntry = async () => (await db().select().from(auditEntries).orderBy(asc(auditEntries.id))).at(-1);
const forbidden = new Interrupt("forbidden");

test("types are added at the end, once per name, and listed in their order with what suggests them", async () => {
  expect((await names()).slice(0, 7)).toEqual([
    "Server",
    "Workstation",
    "Virtual machines",
    "NAS",
    "Database",
    "Microsoft 365",
    "Other",
  ]);
  expect(await submit(ada, createType, { name: "Printer" })).toMatchObject({ status: "done" });
  expect((await names()).at(-1)).toBe("Printer");
  expect(await submit(ada, createType, { name: "PRINTER" })).toMatchObject({
    errors: { name: "A resource type of this name exists." },
  });
  const listed = await listResourceTypes();
  expect(listed.map(({ name }) => name)).toEqual(await names());
  expect(listed.find(({ name }) => name === "NAS")).toMatchObject({ suggestedAs: ["NAS"], jobs: 0 });
  expect(await lastEntry()).toMatchObject({ action: "type.create", outcome: "refused" });
});

test("a renamed type is still the one that parsers suggest; the second of two editors is told", async () => {
  const type = await typeWith(0, "Tape");
  const rename = (name: string) => submit(ada, renameType, { id: type.id, version: type.version, name });
  expect(await rename("Tape library")).toMatchObject({ status: "done" });
  expect(suggestedType(await stored(), "Tape")?.name).toBe("Tape library");
  const second = await rename("Tapes");
  expect(second.status).toBe("refused");
  expect(second.message).toContain('Stored now: Name "Tape library".');
  expect(await names()).toContain("Tape library");
});

test("a word that no type stands for is Other, whatever that is called, and else the first type", async () => {
  const types = await stored();
  expect(suggestedType(types, "Fax")?.suggestedAs).toContain("Other");
  expect(suggestedType(types.slice(0, 2), "Fax")).toEqual(types[0]);
  expect(suggestedType([], "Fax")).toBeUndefined();
});

test("types move up and down one place; at the ends they stay", async () => {
  const before = await names();
  const [first, second, third] = await stored();
  if (!first || !second || !third) throw new Error("Types are missing.");
  expect(await submit(ada, moveType, { id: third.id, to: "up" })).toMatchObject({
    message: `${third.name} is now number 2 of ${before.length}.`,
  });
  expect((await names()).slice(0, 3)).toEqual([first.name, third.name, second.name]);
  expect(await submit(ada, moveType, { id: third.id, to: "down" })).toMatchObject({ status: "done" });
  expect(await names()).toEqual(before);
  expect(await submit(ada, moveType, { id: first.id, to: "up" })).toMatchObject({ status: "refused" });
  expect(await submit(ada, moveType, { id: first.id, to: "sideways" })).toMatchObject({ status: "invalid" });
  expect(await names()).toEqual(before);
});

test("merging moves jobs and suggestions, takes the marks of the type, and keeps those of single jobs", async () => {
  const [from, into] = [await typeWith(3, "Cassette"), await typeWith(1)];
  const mark = (type: string | null, elementId: string | null) => ({ type, elementId, included: true });
  const roleId = await addRole(`Cassettes ${round}`, ["resources.view"], {
    "resources.view": [mark(from.id, null), mark(into.id, null), mark(null, from.jobs[0]?.id ?? "")],
  });
  expect(await submit(ada, mergeType, { id: from.id, into: into.id })).toMatchObject({
    message: `${from.name} was merged into ${into.name}: 3 jobs moved.`,
  });
  for (const job of from.jobs) expect(await typeOfJob(job.id)).toBe(into.id);
  expect(await names()).not.toContain(from.name);
  expect(suggestedType(await stored(), "Cassette")?.id).toBe(into.id);
  const left = await db().select().from(roleScopes).where(eq(roleScopes.roleId, roleId));
  expect(left.map(({ type, elementId }) => type ?? elementId).sort()).toEqual([into.id, from.jobs[0]?.id].sort());
  expect((await db().select().from(roles).where(eq(roles.id, roleId)))[0]?.version).toBe(2);
  expect(await lastEntry()).toMatchObject({
    action: "type.merge",
    target: from.name,
    before: { suggestedAs: ["Cassette"] },
    after: { into: into.name, moved: 3 },
  });
});

test("a type with jobs, also archived ones, is only deleted by giving them another", async () => {
  const [type, home] = [await typeWith(2), await typeWith(0)];
  await transaction((tx) => tx.update(jobs).set({ archivedAt: new Date() }).where(eq(jobs.resourceTypeId, type.id)));
  expect(await submit(ada, deleteType, { id: type.id })).toMatchObject({
    status: "invalid",
    errors: { into: "Choose a new home for its jobs." },
  });
  expect(await submit(ada, deleteType, { id: type.id, into: type.id })).toMatchObject({ status: "invalid" });
  expect(await names()).toContain(type.name);
  expect(await submit(ada, deleteType, { id: type.id, into: home.id })).toMatchObject({ status: "done" });
  expect(await typeOfJob(type.jobs[0]?.id ?? "")).toBe(home.id);
  const empty = await typeWith(0);
  expect(await submit(ada, deleteType, { id: empty.id })).toMatchObject({ status: "done" });
  expect(await submit(ada, deleteType, { id: empty.id })).toMatchObject({ status: "refused" });
  expect(await submit(ada, mergeType, { id: home.id, into: empty.id })).toMatchObject({
    errors: { into: "This resource type does not exist any more." },
  });
});

test("who does not cover all jobs of a type cannot move them, and one refusal is in the log", async () => {
  const [from, into] = [await typeWith(2), await typeWith(0)];
  const rights = ["settings.manage", "resources.view", "customers.view"] as const;
  const covering = { "resources.view": only(from.jobs[0]?.id ?? ""), "customers.view": ALL };
  await addRole(`Half ${round}`, [...rights], covering);
  await addRole(`Blind ${round}`, ["settings.manage"]);
  for (const name of [`Half ${round}`, `Blind ${round}`]) {
    const who = await person(name.toLowerCase().replace(" ", ""), name);
    for (const act of [mergeType, deleteType]) {
      const entries = await db().$count(auditEntries);
      await expect(submit(who, act, { id: from.id, into: into.id })).rejects.toEqual(forbidden);
      expect(await db().$count(auditEntries)).toBe(entries + 1);
      expect((await lastEntry())?.reason).toMatch(/^covers [01] of 2 jobs/);
    }
    await expect(submit(who, deleteType, { id: from.id }), "without a word of how many").rejects.toEqual(forbidden);
  }
  expect(await typeOfJob(from.jobs[0]?.id ?? "")).toBe(from.id);
});

test("nobody moves jobs out of their own sight, neither all of a type nor one", async () => {
  const [from, into] = [await typeWith(1), await typeWith(0)];
  const root = { type: null, elementId: null, included: true };
  await addRole(`Except ${round}`, ["settings.manage", "jobs.manage", "resources.view", "customers.view"], {
    "resources.view": [root, { type: into.id, elementId: null, included: false }],
  });
  const who = await person(`except${round}`, `Except ${round}`);
  const sentence = `As ${into.name} your own role would not cover these jobs any more.`;
  expect(await submit(who, mergeType, { id: from.id, into: into.id })).toMatchObject({ errors: { into: sentence } });
  const [job] = from.jobs;
  const values = { id: job?.id ?? "", version: 1, name: job?.name ?? "", customer: from.customer.name };
  expect(await submit(who, updateJob, { ...values, type: into.id })).toMatchObject({
    errors: { type: `As ${into.name} your role would not cover this job any more.` },
  });
  expect(await typeOfJob(job?.id ?? "")).toBe(from.id);
  expect(await submit(ada, updateJob, { ...values, type: into.id })).toMatchObject({ status: "done" });
});

test("numbers of jobs are those that the role covers; roles are named only to who manages roles", async () => {
  const type = await typeWith(3);
  await addRole(`Some ${round}`, ["settings.manage", "resources.view", "customers.view"], {
    "resources.view": only(type.jobs[0]?.id ?? ""),
  });
  const count = async () => (await listResourceTypes()).find(({ id }) => id === type.id)?.jobs;
  expect(await count()).toBe(3);
  actAs(await person(`some${round}`, `Some ${round}`));
  expect(await count()).toBe(1);
  expect(await listCoveringRoles()).toBeNull();
  await addRole(`None ${round}`, ["settings.manage"]);
  actAs(await person(`none${round}`, `None ${round}`));
  expect(await count()).toBeNull();
});

test("it is known which roles cover a type", async () => {
  const [one, other] = [await typeWith(0), await typeWith(0)];
  const mark = (id: string, included: boolean) => ({ type: id, elementId: null, included });
  await addRole(`Only ${round}`, ["resources.view"], { "resources.view": [mark(one.id, true)] });
  await addRole(`But ${round}`, ["resources.view"], { "resources.view": [...ALL, mark(one.id, false)] });
  await addRole(`No right ${round}`, ["dashboard.view"]);
  const found = await listCoveringRoles();
  const typesOf = (name: string) => {
    const types = found?.find((role) => role.name === name)?.types;
    return types?.filter((id) => id === one.id || id === other.id);
  };
  expect(typesOf(`Only ${round}`)).toEqual([one.id]);
  expect(typesOf(`But ${round}`)).toEqual([other.id]);
  expect(typesOf("Viewer")).toEqual([one.id, other.id]);
  expect(typesOf(`No right ${round}`)).toBeUndefined();
  expect(typesOf("Admin")).toBeUndefined();
});

test("the last type stays, whoever asks, and who lacks the right changes nothing", async () => {
  const before = await stored();
  for (const name of ["Operator", "Reporter", "Viewer"]) {
    const who = await person(name.toLowerCase(), name);
    const values = { id: before[0]?.id ?? "", into: before[1]?.id ?? "", name: "x", version: 1, to: "down" };
    for (const act of [createType, renameType, moveType, mergeType, deleteType])
      await expect(submit(who, act, values)).rejects.toEqual(forbidden);
    actAs(who);
    await expect(listResourceTypes()).rejects.toBeInstanceOf(Interrupt);
  }
  expect(await stored()).toEqual(before);
  const [keep, ...others] = before;
  for (const { id } of others)
    expect(await submit(ada, mergeType, { id, into: keep?.id ?? "" })).toMatchObject({ status: "done" });
  expect(await submit(ada, deleteType, { id: keep?.id ?? "" })).toMatchObject({
    message: "At least one resource type must remain.",
  });
  expect(await names()).toEqual([keep?.name]);
});
