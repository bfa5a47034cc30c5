import { and, desc, eq, inArray } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { holdingsOf } from "@/lib/access/holdings";
import { covers, type Element, treeOf } from "@/lib/access/marks";
import { allRights, defaultRights, isAggregate, type Right } from "@/lib/access/registry";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roleScopes, roles, users } from "@/lib/db/schema/access";
import { createRole, deleteRole, duplicateRole, restoreDefaults, updateRole } from "@/lib/roles/actions";
import { type DraftMark, draftMarks, draftTrees, type RoleDraft } from "@/lib/roles/draft";
import { getGiving, getRole, listRoles } from "@/lib/roles/queries";
import { packed } from "@/lib/roles/wire";
import { accessOf, actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

let ada: Person;
let round = 0;
const fresh = (...names: string[]) => person(`p${++round}`, ...names);
const freshRole = async (rights: Right[] = ["dashboard.view"], marks = {}) => {
  const name = `Role ${++round}`;
  return { name, id: await addRole(name, rights, marks) };
};

beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
});
afterAll(closeTestDatabase);
beforeEach(() => actAs(ada));

const EVERYTHING_OF = (right: DraftMark["right"]): DraftMark => ({
  right,
  type: null,
  elementId: null,
  included: true,
});
const draftOf = (name: string, rights: Right[], marks = rights.filter(isAggregate).map(EVERYTHING_OF)): RoleDraft => ({
  name,
  description: "",
  rights,
  marks,
});
const create = (who: Person, draft: RoleDraft) => submit(who, createRole, { draft: packed(draft) });
const update = (who: Person, id: string, version: number, draft: RoleDraft) =>
  submit(who, updateRole, { id, version, draft: packed(draft) });
const idNamed = async (name: string) => (await db().select().from(roles).where(eq(roles.name, name)))[0]?.id ?? "";
const rowOf = async (id: string) => (await db().select().from(roles).where(eq(roles.id, id)))[0];
const marksOfRole = async (id: string) => {
  const { right, type, elementId, included } = roleScopes;
  return db().select({ right, type, elementId, included }).from(roleScopes).where(eq(roleScopes.roleId, id));
};
const lastAudit = async () => (await db().select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0];
/** Roles and all that hangs on them. */
const world = async () => [
  await db().select().from(roles).orderBy(roles.id),
  await db().select().from(roleScopes).orderBy(roleScopes.id),
  await db().select().from(assignments).orderBy(assignments.userId, assignments.roleId),
];
/** @returns why an attempt was answered with 403; it left one audit entry and nothing else. */
async function forbidden(attempt: () => Promise<unknown>): Promise<string | null> {
  const [before, entries] = [await world(), await db().$count(auditEntries)];
  await expect(attempt()).rejects.toEqual(new Interrupt("forbidden"));
  expect(await world()).toEqual(before);
  expect(await db().$count(auditEntries)).toBe(entries + 1);
  const last = await lastAudit();
  expect(last?.outcome).toBe("refused");
  return last?.reason ?? null;
}

test("a role is created with its rights and marks, last in the order, and audited in words", async () => {
  const customer = await customerNamed("Acme");
  const job = await jobOf(customer, "SRV-07");
  const mark: DraftMark = { right: "resources.view", type: null, elementId: job.id, included: true };
  const state = await create(ada, {
    name: " End User Acme ",
    description: "Two machines",
    rights: ["resources.view", "customers.view"],
    marks: [mark, EVERYTHING_OF("customers.view")],
  });
  expect(state).toMatchObject({ status: "done", message: "Role End User Acme was created." });
  const { id } = state.data as { id: string };
  expect(await rowOf(id)).toMatchObject({
    name: "End User Acme",
    description: "Two machines",
    rights: ["customers.view", "resources.view"],
    builtIn: null,
  });
  expect(await marksOfRole(id)).toEqual(expect.arrayContaining([mark, EVERYTHING_OF("customers.view")]));
  expect((await listRoles()).at(-1)).toEqual({ id, name: "End User Acme", users: 0 });
  expect((await lastAudit())?.after).toEqual({
    name: "End User Acme",
    description: "Two machines",
    rights: ["View customers (all)", expect.stringMatching(/^View resources: [^:]+: SRV-07$/)],
  });
});

test.each([
  ["no name", { name: "" }, { name: "Enter a name." }],
  ["a name that differs in case only", { name: "oPERATOR" }, { name: "A role of this name exists." }],
])("%s is refused at its field, without sending the draft back", async (_what, change, errors) => {
  const state = await create(ada, { ...draftOf("X", []), ...change });
  expect(state).toMatchObject({ status: "invalid", errors, values: {} });
});

test("what is no draft is refused", async () => {
  for (const draft of [
    "",
    "{",
    "[]",
    '{"name":"x","rights":["root.all"],"scopes":{}}',
    '{"name":"x","scopes":{"resources.view":1}}',
  ])
    expect(await submit(ada, createRole, { draft })).toMatchObject({ status: "invalid" });
});

test("an update stores exactly the draft, in the next version, with before and after", async () => {
  const { id, name } = await freshRole(["dashboard.view", "resources.view"]);
  const excluded: DraftMark = { right: "resources.view", type: "gone", elementId: null, included: false };
  const draft = draftOf(`${name} b`, ["resources.view", "audit.view"], [EVERYTHING_OF("resources.view"), excluded]);
  expect(await update(ada, id, 1, draft)).toMatchObject({ status: "done" });
  expect(await rowOf(id)).toMatchObject({ name: `${name} b`, rights: ["resources.view", "audit.view"], version: 2 });
  expect(await marksOfRole(id)).toHaveLength(2);
  expect(await lastAudit()).toMatchObject({
    action: "role.update",
    target: name,
    before: { name, rights: ["View the dashboard", "View resources (all)"] },
    after: { name: `${name} b` },
  });
});

test("of two editors the second is told who was first, nothing is stored, and it can be stored on purpose", async () => {
  const { id, name } = await freshRole();
  const bea = await fresh("Admin");
  await update(bea, id, 1, draftOf(`${name} of bea`, ["audit.view"]));
  const mine = draftOf(`${name} of ada`, ["inbox.view"]);
  const state = await update(ada, id, 1, mine);
  expect(state).toMatchObject({ status: "invalid", errors: { version: expect.stringContaining(bea.username) } });
  expect(await rowOf(id)).toMatchObject({ name: `${name} of bea`, version: 2 });
  actAs(ada);
  const theirs = await getRole(id);
  expect(theirs).toMatchObject({ version: 2, draft: { name: `${name} of bea`, rights: ["audit.view"] } });
  expect(await update(ada, id, theirs?.version ?? 0, mine)).toMatchObject({ status: "done" });
  expect(await rowOf(id)).toMatchObject({ name: `${name} of ada`, version: 3 });
});

test("Admin is neither changed nor put back nor deleted, but may be copied with all it holds today", async () => {
  const id = await idNamed("Admin");
  const before = await rowOf(id);
  for (const state of [
    await update(ada, id, 1, draftOf("Boss", ["users.manage"])),
    await submit(ada, restoreDefaults, { id, version: 1 }),
    await submit(ada, deleteRole, { id, holders: 1, bare: 1 }),
  ])
    expect(state).toMatchObject({ status: "refused", message: expect.stringContaining("never") });
  expect(await rowOf(id)).toEqual(before);
  const first = (await submit(ada, duplicateRole, { id })).data as { id: string };
  await submit(ada, duplicateRole, { id });
  expect(await rowOf(first.id)).toMatchObject({ name: "Admin copy", rights: allRights(), builtIn: null });
  expect(await marksOfRole(first.id)).toHaveLength(allRights().filter(isAggregate).length);
  expect(await idNamed("Admin copy 2")).not.toBe("");
});

test("a copy has a name of at most 60 characters that nobody has", async () => {
  const long = "x".repeat(60);
  const id = await addRole(long, []);
  await submit(ada, duplicateRole, { id });
  await submit(ada, duplicateRole, { id });
  const names = (await listRoles()).map(({ name }) => name).filter((name) => name.startsWith("xxx"));
  expect(names).toEqual([long, `${"x".repeat(55)} copy`, `${"x".repeat(53)} copy 2`]);
});

test("a built-in role gets back what it started with, and keeps its name; others have nothing to get back", async () => {
  const id = await idNamed("Viewer");
  await update(ada, id, 1, draftOf("Auditor", ["audit.view"]));
  expect(await submit(ada, restoreDefaults, { id, version: 1 })).toMatchObject({ status: "invalid" });
  expect(await submit(ada, restoreDefaults, { id, version: 2 })).toMatchObject({ status: "done" });
  const stored = await rowOf(id);
  expect(stored).toMatchObject({ name: "Auditor", rights: defaultRights("viewer"), version: 3 });
  expect((await marksOfRole(id)).every(({ type, elementId, included }) => !type && !elementId && included)).toBe(true);
  await update(ada, id, 3, draftOf("Viewer", defaultRights("viewer")));
  const own = await freshRole();
  expect(await submit(ada, restoreDefaults, { id: own.id, version: 1 })).toMatchObject({ status: "refused" });
});

test("before a role is deleted it is told who loses it; then they go on in what is left", async () => {
  const { id, name } = await freshRole();
  const both = await fresh(name, "Viewer");
  const bare = await fresh(name);
  actAs(ada);
  expect((await getRole(id))?.consequences).toEqual({
    holders: 2,
    names: [both.username, bare.username],
    bare: [bare.username],
    sessions: 2,
  });
  expect(await submit(ada, deleteRole, { id, holders: 1, bare: 0 })).toMatchObject({ status: "refused" });
  expect(await submit(ada, deleteRole, { id, holders: 2, bare: 0 })).toMatchObject({ status: "refused" });
  expect(await rowOf(id)).toBeDefined();
  const version = (await db().select().from(users).where(eq(users.id, both.id)))[0]?.version ?? 0;
  expect(await submit(ada, deleteRole, { id, holders: 2, bare: 1 })).toMatchObject({ status: "done" });
  expect(await rowOf(id)).toBeUndefined();
  expect((await accessOf(both)).active).toMatchObject([{ name: "Viewer" }]);
  expect((await accessOf(bare)).active).toEqual([]);
  expect((await db().select().from(users).where(eq(users.id, both.id)))[0]?.version).toBe(version + 1);
  expect(await lastAudit()).toMatchObject({
    action: "role.delete",
    before: { name, holders: 2, withoutAnyRole: [bare.username] },
  });
  expect(await submit(ada, deleteRole, { id, holders: 0, bare: 0 })).toMatchObject({ status: "refused" });
});

test("who deletes the role they act in goes on in the next one, with a new page", async () => {
  const { id, name } = await freshRole(["roles.manage"]);
  const bo = await fresh(name, "Viewer");
  expect(await submit(bo, deleteRole, { id, holders: 1, bare: 0 })).toMatchObject({ leaveTo: "/dashboard" });
  expect((await accessOf(bo)).active).toMatchObject([{ name: "Viewer" }]);
});

test("a deleted role of an assignment that had expired leaves nothing behind", async () => {
  const { id, name } = await freshRole();
  const bo = await fresh(name);
  await transaction((tx) =>
    tx
      .update(assignments)
      .set({ expiresAt: new Date(0) })
      .where(eq(assignments.userId, bo.id)),
  );
  actAs(ada);
  expect((await listRoles()).find((role) => role.id === id)?.users).toBe(0);
  expect((await getRole(id))?.consequences).toMatchObject({ holders: 0, bare: [] });
  expect(await submit(ada, deleteRole, { id, holders: 0, bare: 0 })).toMatchObject({ status: "done" });
});

test.each([
  ["create", (who: Person, _id: string, draft: RoleDraft) => create(who, draft)],
  ["update", (who: Person, id: string, draft: RoleDraft) => update(who, id, 1, draft)],
])("%s never gives a right or an element that the actor lacks", async (_name, attempt) => {
  const customer = await customerNamed(`Customer ${++round}`);
  const [mine, other] = [await jobOf(customer, "mine"), await jobOf(customer, "other")];
  const { name } = await freshRole(["roles.manage", "dashboard.view", "resources.view"], {
    "resources.view": only(mine.id),
  });
  const rob = await fresh(name);
  const weak = await freshRole(["dashboard.view"]);
  const mark = (elementId: string): DraftMark => ({ right: "resources.view", type: null, elementId, included: true });
  const draft = (rights: Right[], marks: DraftMark[] = []) => draftOf(`New ${++round}`, rights, marks);
  expect(await forbidden(() => attempt(rob, weak.id, draft(["users.manage"])))).toContain("users.manage");
  for (const marks of [[mark(other.id)], [mark(mine.id), mark(other.id)], [EVERYTHING_OF("resources.view")]])
    expect(await forbidden(() => attempt(rob, weak.id, draft(["resources.view"], marks)))).toContain("resources.view");
  expect(await attempt(rob, weak.id, draft(["resources.view"], [mark(mine.id)]))).toMatchObject({ status: "done" });
});

test("a stronger role is neither changed, nor copied, nor put back; deleting it takes away and is allowed", async () => {
  const { name } = await freshRole(["roles.manage", "dashboard.view"]);
  const rob = await fresh(name);
  const strong = await freshRole(["dashboard.view", "users.manage"]);
  expect(await forbidden(() => update(rob, strong.id, 1, draftOf("Weak", ["dashboard.view"])))).toContain(
    "users.manage",
  );
  expect(await forbidden(() => submit(rob, duplicateRole, { id: strong.id }))).toContain("users.manage");
  const operator = await idNamed("Operator");
  expect(await forbidden(() => submit(rob, restoreDefaults, { id: operator, version: 1 }))).toContain("inbox.view");
  expect(await forbidden(() => submit(rob, duplicateRole, { id: operator }))).toContain("inbox.view");
  expect(await submit(rob, deleteRole, { id: strong.id, holders: 0, bare: 0 })).toMatchObject({ status: "done" });
});

test("without the right nothing of it works, and it is asked anew within the transaction", async () => {
  const oto = await fresh("Operator");
  const { id } = await freshRole();
  expect(await forbidden(() => create(oto, draftOf("N", [])))).toBe("needs roles.manage");
  expect(await forbidden(() => update(oto, id, 1, draftOf("N", [])))).toBe("needs roles.manage");
  expect(await forbidden(() => submit(oto, duplicateRole, { id }))).toBe("needs roles.manage");
  expect(await forbidden(() => submit(oto, restoreDefaults, { id, version: 1 }))).toBe("needs roles.manage");
  expect(await forbidden(() => submit(oto, deleteRole, { id, holders: 0, bare: 0 }))).toBe("needs roles.manage");
});

test("of a stronger role is told what it may do, but not for what", async () => {
  const customer = await customerNamed(`Customer ${++round}`);
  const [mine, other] = [await jobOf(customer, "mine"), await jobOf(customer, "hidden-name")];
  const { name } = await freshRole(["roles.manage", "resources.view", "customers.view"], {
    "resources.view": only(mine.id),
  });
  const rob = await fresh(name);
  const strong = await freshRole(["resources.view"], { "resources.view": only(mine.id, other.id) });
  actAs(rob);
  const seen = await getRole(strong.id);
  expect(seen).toMatchObject({ isStronger: true, untold: ["resources.view"], elements: [] });
  expect(seen?.draft).toMatchObject({ rights: ["resources.view"], marks: [] });
  expect(JSON.stringify(seen)).not.toContain("hidden-name");
  const giving = await getGiving();
  expect(giving.rights).toEqual(["customers.view", "resources.view", "roles.manage"]);
  expect(giving.whole).toEqual(["customers.view"]);
  expect(giving.types["resources.view"]).toMatchObject([{ count: 1, grantable: false }]);
  expect(giving.types["reports.view"]).toEqual([]);
});

test("exclusions of what the actor does not know of outlive their update", async () => {
  const customer = await customerNamed(`Customer ${++round}`);
  const [hidden, seen] = [await jobOf(customer, "hidden"), await jobOf(customer, "seen")];
  const type = hidden.resourceTypeId;
  const out = (elementId: string) => ({ type: null, elementId, included: false });
  const servers = [{ type, elementId: null, included: true }, out(hidden.id)];
  const { name } = await freshRole(["roles.manage", "resources.view", "customers.view"], { "resources.view": servers });
  const rob = await fresh(name);
  const target = await freshRole(["resources.view"], { "resources.view": servers });
  actAs(rob);
  const view = await getRole(target.id);
  expect(view).toMatchObject({ isStronger: false, elements: [] });
  expect(view?.draft.marks).toEqual([{ right: "resources.view", ...servers[0] }]);
  const draft = { ...draftOf(target.name, ["resources.view"]), marks: [...(view?.draft.marks ?? [])] };
  draft.marks.push({ right: "resources.view", ...out(seen.id) });
  expect(await update(rob, target.id, 1, draft)).toMatchObject({ status: "done" });
  const stored = (await marksOfRole(target.id)).map(({ elementId }) => elementId);
  expect(stored.sort()).toEqual([null, hidden.id, seen.id].sort());
});

test("neither are inclusions lost that the actor holds without knowing of them", async () => {
  const [own, other] = [await customerNamed(`Customer ${++round}`), await customerNamed(`Customer ${++round}`)];
  const unseen = await jobOf(other, "unseen");
  const { name } = await freshRole(["roles.manage", "resources.view", "customers.view"], {
    "customers.view": only(own.id),
  });
  const rob = await fresh(name);
  const target = await freshRole(["resources.view"], { "resources.view": only(unseen.id) });
  actAs(rob);
  const view = await getRole(target.id);
  expect(view).toMatchObject({ isStronger: false, elements: [], draft: { marks: [] } });
  const draft = draftOf(`${target.name} anew`, ["resources.view"]);
  expect(await update(rob, target.id, 1, { ...draft, marks: [] })).toMatchObject({ status: "done" });
  expect((await marksOfRole(target.id)).map(({ elementId }) => elementId)).toEqual([unseen.id]);
});

test("marks on what is gone are not shown, and are gone with the next update", async () => {
  const gone = only("01920000-0000-7000-8000-00000000dead").map((mark) => ({ ...mark, included: false }));
  const { id, name } = await freshRole(["resources.view"], { "resources.view": [...ALL, ...gone] });
  const view = await getRole(id);
  expect(view?.draft.marks).toEqual([EVERYTHING_OF("resources.view")]);
  await update(ada, id, 1, draftOf(name, ["resources.view"]));
  expect(await marksOfRole(id)).toEqual([EVERYTHING_OF("resources.view")]);
});

test("100,000 marks are stored and read back", async () => {
  const ids = Array.from({ length: 100_000 }, (_, i) => `01920000-0000-7000-8000-${String(i).padStart(12, "0")}`);
  const marks = ids.map((elementId): DraftMark => ({ right: "resources.view", type: null, elementId, included: true }));
  const state = await create(ada, draftOf("Large", ["resources.view"], marks));
  expect(state).toMatchObject({ status: "done" });
  expect(await marksOfRole((state.data as { id: string }).id)).toHaveLength(100_000);
});

/** What a role covers may never exceed what its maker covers, whoever asks for whatever. */
test("generated: no role that somebody stored ever holds more than they do", async () => {
  const customer = await customerNamed(`Customer ${++round}`);
  const jobs = await Promise.all(["a", "b", "c", "d"].map((name) => jobOf(customer, name)));
  const elements: Element[] = jobs.map(({ id, resourceTypeId }) => ({ id, type: resourceTypeId }));
  elements.push({ id: "later", type: elements[0]?.type ?? "" }, { id: "later", type: "of tomorrow" });
  const place = fc.oneof(
    fc.constant({ type: null, elementId: null }),
    fc.constant({ type: elements[0]?.type ?? "", elementId: null }),
    fc.constantFrom(...jobs).map(({ id }) => ({ type: null, elementId: id })),
  );
  const mark = fc.record({ right: fc.constant("resources.view" as const), place, included: fc.boolean() });
  const marks = fc.array(mark, { maxLength: 5 }).map((all) => all.map(({ place, ...one }) => ({ ...one, ...place })));
  const rights = fc.subarray<Right>(["dashboard.view", "audit.view", "users.manage", "roles.manage", "resources.view"]);
  let stored = 0;
  await fc.assert(
    fc.asyncProperty(rights, marks, rights, marks, async (own, ownMarks, wanted, wantedMarks) => {
      const held: Right[] = [...new Set<Right>(["roles.manage", "resources.view", ...own])];
      const tidy = draftMarks(draftTrees({ rights: held, marks: ownMarks }));
      const { name } = await freshRole(held, { "resources.view": tidy });
      const rob = await fresh(name);
      const given = wanted.includes("resources.view") ? wantedMarks : [];
      const made = `Made ${++round}`;
      await create(rob, draftOf(made, wanted, given)).catch((error: Interrupt) => expect(error.kind).toBe("forbidden"));
      const id = await idNamed(made);
      const exceeds =
        wanted.some((right) => !held.includes(right)) ||
        elements.some((one) => covers(treeOf(given), one) && !covers(treeOf(ownMarks), one));
      expect(id === "").toBe(exceeds);
      if (id === "") return;
      stored++;
      const [holding] = await holdingsOf(db(), [id]);
      expect([...(holding?.rights ?? [])].sort()).toEqual([...wanted].sort());
    }),
    { numRuns: 60 },
  );
  expect(stored).toBeGreaterThan(3);
});

test("with one role, and with 300, the list is in role order and counts who holds each", async () => {
  const rows = Array.from({ length: 300 }, (_, i) => ({ name: `Many ${i}`, position: 500 }));
  const made = await transaction((tx) => tx.insert(roles).values(rows).returning({ id: roles.id }));
  const all = await listRoles();
  expect(all.filter(({ name }) => name.startsWith("Many"))).toHaveLength(300);
  expect(all[0]).toMatchObject({ name: "Admin", users: expect.any(Number) });
  const holders = await db()
    .select()
    .from(assignments)
    .where(and(eq(assignments.roleId, all[0]?.id ?? "")));
  expect(all[0]?.users).toBe(holders.length);
  await transaction((tx) =>
    tx.delete(roles).where(
      inArray(
        roles.id,
        made.map(({ id }) => id),
      ),
    ),
  );
});
