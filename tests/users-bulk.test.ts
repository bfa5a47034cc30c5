import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/users/export/route";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roles, users } from "@/lib/db/schema/access";
import { assignRole, disableUsers, removeRole } from "@/lib/users/bulk/actions";
import { accessOf, actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

let ada: Person;
let round = 0;
const fresh = (...names: string[]) => person(`p${++round}`, ...names);

beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
});
afterAll(closeTestDatabase);
beforeEach(() => actAs(ada));

const roleId = async (name: string) => (await db().select().from(roles).where(eq(roles.name, name)))[0]?.id ?? "";
const holders = async (name: string, people: Person[]) =>
  (
    await db()
      .select({ id: assignments.userId })
      .from(assignments)
      .where(
        and(
          eq(assignments.roleId, await roleId(name)),
          inArray(
            assignments.userId,
            people.map(({ id }) => id),
          ),
        ),
      )
  ).length;
const audited = (people: Person[]) =>
  db()
    .select()
    .from(auditEntries)
    .where(
      inArray(
        auditEntries.targetId,
        people.map(({ id }) => id),
      ),
    )
    .orderBy(auditEntries.target);
const ids = (people: Person[]) => people.map(({ id }) => id);

test("a role is given to those selected who lack it, with one audit entry for each", async () => {
  const people = [await fresh("Viewer"), await fresh("Operator"), await fresh("Viewer")];
  const state = await submit(ada, assignRole, { "ids[]": ids(people), role: await roleId("Operator") });
  expect(state).toMatchObject({ status: "done", message: "2 users got the role Operator." });
  expect(await holders("Operator", people)).toBe(3);
  expect(await audited(people)).toMatchObject([
    { action: "user.roles", before: { roles: ["Viewer"] }, after: { roles: ["Viewer", "Operator"] } },
    { action: "user.roles" },
  ]);
});

test("a role is taken from several; who would be left without any is named first", async () => {
  const people = [await fresh("Operator", "Viewer"), await fresh("Operator")];
  const values = { "ids[]": ids(people), role: await roleId("Operator") };
  const refused = await submit(ada, removeRole, values);
  expect(refused.message).toContain(people[1]?.username);
  expect(await holders("Operator", people)).toBe(2);
  expect(await submit(ada, removeRole, { ...values, no_role: "on" })).toMatchObject({ status: "done" });
  expect(await holders("Operator", people)).toBe(0);
  expect((await accessOf(people[0] as Person)).active).toMatchObject([{ name: "Viewer" }]);
  expect(await audited(people)).toHaveLength(2);
});

test("several are disabled at once, or none: oneself, somebody gone and the last administrator stop all", async () => {
  const people = [await fresh("Viewer"), await fresh("Viewer")];
  const gone = "01900000-0000-7000-8000-000000000000";
  for (const other of [ada.id, gone]) {
    expect(await submit(ada, disableUsers, { "ids[]": [...ids(people), other] })).toMatchObject({ status: "refused" });
  }
  const disabled = () => db().$count(users, and(inArray(users.id, ids(people)), eq(users.version, 2)));
  expect(await disabled()).toBe(0);
  expect(await submit(ada, disableUsers, { "ids[]": ids(people) })).toMatchObject({
    message: "2 users were disabled. Their sessions ended.",
  });
  expect(await disabled()).toBe(2);
});

test("taking the Admin role from all administrators at once is refused", async () => {
  const ana = await fresh("Admin");
  const values = { "ids[]": ids([ada, ana]), role: await roleId("Admin"), no_role: "on" };
  expect(await submit(ada, removeRole, values)).toMatchObject({ message: "At least one administrator must remain." });
  expect(await holders("Admin", [ada, ana])).toBe(2);
});

test("who manages users gives several nothing that exceeds them, and disables nobody stronger", async () => {
  await transaction((tx) => tx.insert(roles).values({ name: "Clerk", position: 9, rights: ["users.manage"] }));
  const clerk = await fresh("Clerk");
  const people = [await fresh("Viewer"), await fresh()];
  await expect(submit(clerk, assignRole, { "ids[]": ids(people), role: await roleId("Viewer") })).rejects.toEqual(
    new Interrupt("forbidden"),
  );
  await expect(submit(clerk, disableUsers, { "ids[]": ids(people) })).rejects.toEqual(new Interrupt("forbidden"));
  expect(await audited(people)).toEqual([]);
  expect(
    await submit(clerk, removeRole, { "ids[]": ids(people), role: await roleId("Viewer"), no_role: "on" }),
  ).toMatchObject({ status: "done" });
});

test("roles without the right change nobody", async () => {
  const people = [await fresh("Viewer")];
  for (const who of [await fresh("Operator"), await fresh("Reporter"), await fresh("Viewer")]) {
    for (const act of [assignRole, removeRole, disableUsers]) {
      const values = { "ids[]": ids(people), role: await roleId("Viewer") };
      await expect(submit(who, act, values)).rejects.toEqual(new Interrupt("forbidden"));
    }
  }
  expect(await holders("Viewer", people)).toBe(1);
});

test("the export holds the selected or all that match, and no formula", async () => {
  const oto = await fresh("Operator", "Reporter");
  await transaction((tx) =>
    tx.update(users).set({ name: "=HYPERLINK(1)", email: "o@example.com" }).where(eq(users.id, oto.id)),
  );
  const csv = async (search: string) => {
    actAs(ada);
    const response = await GET(new Request(`http://localhost/api/users/export?${search}`), {
      params: Promise.resolve({}),
    });
    return (await response.text()).replace("\uFEFF", "").trim().split("\r\n");
  };
  expect(await csv(`id=${oto.id}`)).toEqual([
    "username,name,email,roles,until,state,last sign-in",
    `${oto.username},"'=HYPERLINK(1)",o@example.com,Operator|Reporter,,enabled,`,
  ]);
  expect(await csv("id=nonsense")).toHaveLength(1);
  expect(await csv("q=hyperlink")).toHaveLength(2);
  expect(await csv("state=disabled")).toHaveLength(3);
  actAs(await fresh("Operator"));
  const refused = await GET(new Request("http://localhost/api/users/export"), { params: Promise.resolve({}) });
  expect(refused.status).toBe(403);
  expect(await refused.text()).not.toContain(oto.username);
});
