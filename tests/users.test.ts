import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { readAccess } from "@/lib/access/session";
import { signInWith } from "@/lib/auth/sign-in";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roles, sessions, users } from "@/lib/db/schema/access";
import { readListQuery } from "@/lib/list";
import { createUser, deleteUser, disableUser, editUser, enableUser, saveRoles, setPassword } from "@/lib/users/actions";
import { listUsers, userFilters, userSorts } from "@/lib/users/queries";
import { accessOf, actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { addRole } from "./support/roles";

vi.mock("@/lib/workers", () => import("./support/fast-workers"));

let ada: Person;
let uma: Person;
let round = 0;
/** A fresh person for each test. */
const fresh = (...names: string[]) => person(`p${++round}`, ...names);

beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
  // Somebody who manages users and nothing else: what they may give is what a viewer may do.
  await addRole("User manager", [
    "users.manage",
    "dashboard.view",
    "reports.view",
    "inbox.view",
    "customers.view",
    "resources.view",
    "tickets.view",
    "overrides.view",
  ]);
  uma = await person("uma", "User manager");
});
afterAll(closeTestDatabase);
beforeEach(() => actAs(ada));

const PASSWORD = "violet-tractor-hums-9";
const roleId = async (name: string) => (await db().select().from(roles).where(eq(roles.name, name)))[0]?.id ?? "";
const roleIds = (...names: string[]) => Promise.all(names.map(roleId));
const stored = async (id: string) => (await db().select().from(users).where(eq(users.id, id)))[0];
const rolesOf = async (id: string) =>
  (
    await db()
      .select({ name: roles.name })
      .from(assignments)
      .innerJoin(roles, eq(roles.id, assignments.roleId))
      .where(eq(assignments.userId, id))
      .orderBy(roles.position)
  ).map(({ name }) => name);
const audit = (action: string, target: string) =>
  db()
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), eq(auditEntries.target, target)));
/** Everything about users but the audit log and when a session was seen. */
const world = async () => [
  await db().select().from(users).orderBy(users.id),
  await db().select().from(assignments).orderBy(assignments.userId, assignments.roleId),
  await db()
    .select({ id: sessions.id, ended: sessions.endedAt, active: sessions.activeRoleIds })
    .from(sessions)
    .orderBy(sessions.id),
];
/** @returns what an attempt left behind: the refusal, one audit entry, and nothing else. */
async function forbidden(attempt: () => Promise<unknown>): Promise<string | null> {
  const [before, entries] = [await world(), await db().$count(auditEntries)];
  await expect(attempt()).rejects.toEqual(new Interrupt("forbidden"));
  expect(await world()).toEqual(before);
  expect(await db().$count(auditEntries)).toBe(entries + 1);
  const last = await db().select().from(auditEntries).orderBy(auditEntries.id);
  expect(last.at(-1)?.outcome).toBe("refused");
  return last.at(-1)?.reason ?? null;
}

test("an administrator creates a user with two roles, who can sign in at once", async () => {
  const values = {
    username: "Oto.N",
    password: PASSWORD,
    email: "oto@example.com",
    "roles[]": await roleIds("Operator", "Viewer"),
  };
  expect(await submit(ada, createUser, values)).toMatchObject({ status: "done", message: "User Oto.N was created." });
  const token = await signInWith({ username: "oto.n", password: PASSWORD, address: "192.0.2.1", agent: "tests" });
  const access = await readAccess(db(), token?.secret ?? "");
  expect(access?.roles.map(({ name }) => name)).toEqual(["Operator", "Viewer"]);
  expect(access?.active).toMatchObject([{ name: "Operator" }]);
  expect(await audit("user.create", "Oto.N")).toMatchObject([
    {
      actor: "ada",
      role: "Admin",
      outcome: "done",
      after: { email: "oto@example.com", roles: ["Operator", "Viewer"] },
    },
  ]);
  expect(JSON.stringify(await db().select().from(auditEntries))).not.toContain(PASSWORD);
});

test.each([
  ["no username", { username: "" }, "username"],
  ["a username with a space", { username: "o to" }, "username"],
  ["a username that differs in case only", { username: "ADA" }, "username"],
  ["a short password", { password: "x".repeat(3) }, "password"],
  ["a password made of the username", { username: "quintessa", password: "quintessa-quintessa" }, "password"],
  ["a common password", { password: "passwordpassword" }, "password"],
  ["an address that is none", { email: "nowhere" }, "email"],
  ["no role", { "roles[]": [] }, "roles"],
])("%s is refused at its field; what was typed stays, but not the password", async (_what, change, field) => {
  const values = {
    username: "nobody.yet",
    password: PASSWORD,
    email: "n@example.com",
    "roles[]": [await roleId("Viewer")],
  };
  const state = await submit(ada, createUser, { ...values, ...change });
  expect(state.status).toBe("invalid");
  expect(Object.keys(state.errors)).toEqual([field]);
  expect(state.values.password).toBeUndefined();
  expect(state.values.email).toBe("email" in change ? change.email : "n@example.com");
});

test("the same form sent twice at once makes one user", async () => {
  const values = { username: "twice", password: PASSWORD, "roles[]": [await roleId("Viewer")] };
  const states = [await submit(ada, createUser, values), await submit(ada, createUser, values)];
  expect(states.map(({ status }) => status)).toEqual(["done", "invalid"]);
  expect(states[1]?.errors).toEqual({ username: "This username is taken." });
});

test("saving roles stores exactly them, with before and after in the audit log", async () => {
  const vi = await fresh("Viewer");
  const values = { id: vi.id, version: 1, "roles[]": await roleIds("Reporter", "Operator") };
  expect(await submit(ada, saveRoles, values)).toMatchObject({
    message: `${vi.username} now has: Operator, Reporter.`,
  });
  expect(await rolesOf(vi.id)).toEqual(["Operator", "Reporter"]);
  expect(await audit("user.roles", vi.username)).toMatchObject([
    { before: { roles: ["Viewer"] }, after: { roles: ["Operator", "Reporter"] } },
  ]);
});

test("the second of two editors is told who has what now, nothing is stored, and their choice stays", async () => {
  const vi = await fresh("Viewer");
  await submit(ada, saveRoles, { id: vi.id, version: 1, "roles[]": await roleIds("Reporter") });
  const state = await submit(ada, saveRoles, { id: vi.id, version: 1, "roles[]": await roleIds("Operator") });
  expect(state).toMatchObject({ status: "refused", values: { roles: await roleIds("Operator") } });
  expect(state.message).toContain("Stored now: Reporter.");
  expect(await rolesOf(vi.id)).toEqual(["Reporter"]);
});

test("nobody is left without a role unasked", async () => {
  const vi = await fresh("Viewer");
  expect(await submit(ada, saveRoles, { id: vi.id, version: 1 })).toMatchObject({ status: "refused" });
  expect(await rolesOf(vi.id)).toEqual(["Viewer"]);
  expect(await submit(ada, saveRoles, { id: vi.id, version: 1, no_role: "on" })).toMatchObject({ status: "done" });
  expect((await accessOf(vi)).active).toEqual([]);
});

test("a session whose role was taken goes on in the first that remains, and stays there when the role comes back", async () => {
  const oto = await fresh("Operator", "Reporter", "Viewer");
  await submit(ada, saveRoles, { id: oto.id, version: 1, "roles[]": await roleIds("Viewer", "Reporter") });
  expect((await accessOf(oto)).active).toMatchObject([{ name: "Reporter" }]);
  await submit(ada, saveRoles, { id: oto.id, version: 2, "roles[]": await roleIds("Operator", "Viewer", "Reporter") });
  expect((await accessOf(oto)).active).toMatchObject([{ name: "Reporter" }]);
});

test("a person without a role who is given one acts in it, and in none that is given later", async () => {
  const bo = await fresh();
  await submit(ada, saveRoles, { id: bo.id, version: 1, "roles[]": await roleIds("Viewer") });
  await submit(ada, saveRoles, { id: bo.id, version: 2, "roles[]": await roleIds("Viewer", "Operator") });
  expect((await accessOf(bo)).active).toMatchObject([{ name: "Viewer" }]);
});

test("a new password ends the sessions and works at once; it can be demanded to be changed", async () => {
  const oto = await fresh("Operator");
  const values = { id: oto.id, new_password: PASSWORD, confirm_new_password: PASSWORD, must_change: "on" };
  expect(await submit(ada, setPassword, { ...values, confirm_new_password: "other" })).toMatchObject({
    errors: { confirm_new_password: "The two passwords differ." },
  });
  expect(await submit(ada, setPassword, values)).toMatchObject({ status: "done" });
  expect(await readAccess(db(), oto.secret)).toBeNull();
  const token = await signInWith({ username: oto.username, password: PASSWORD, address: "192.0.2.1", agent: "tests" });
  expect((await readAccess(db(), token?.secret ?? ""))?.mustChangePassword).toBe(true);
  expect(await audit("user.password", oto.username)).toHaveLength(1);
});

test("a disabled user is out at once and cannot sign in; enabled again they can", async () => {
  const oto = await fresh("Operator");
  await submit(ada, setPassword, { id: oto.id, new_password: PASSWORD, confirm_new_password: PASSWORD });
  const signIn = () => signInWith({ username: oto.username, password: PASSWORD, address: "192.0.2.2", agent: "tests" });
  const token = await signIn();
  expect(await submit(ada, disableUser, { id: oto.id })).toMatchObject({ status: "done" });
  expect(await readAccess(db(), token?.secret ?? "")).toBeNull();
  expect(await signIn()).toBeNull();
  expect(await submit(ada, disableUser, { id: oto.id })).toMatchObject({ status: "refused" });
  expect(await submit(ada, enableUser, { id: oto.id })).toMatchObject({ status: "done" });
  expect(await readAccess(db(), token?.secret ?? ""), "a dead session stays dead").toBeNull();
  expect(await signIn()).not.toBeNull();
});

test("a deleted user is gone with their sessions; the audit log keeps the name", async () => {
  const oto = await fresh("Operator");
  expect(await submit(ada, deleteUser, { id: oto.id })).toMatchObject({ status: "done" });
  expect(await stored(oto.id)).toBeUndefined();
  expect(await readAccess(db(), oto.secret)).toBeNull();
  expect(await audit("user.delete", oto.username)).toMatchObject([{ before: { roles: ["Operator"] } }]);
  expect(await submit(ada, deleteUser, { id: oto.id })).toMatchObject({
    message: "Somebody of these does not exist any more.",
  });
});

test("name and e-mail are edited; the second editor is shown what is stored", async () => {
  const oto = await fresh("Operator");
  expect(await submit(ada, editUser, { id: oto.id, version: 1, name: "Oto", email: "o@example.com" })).toMatchObject({
    status: "done",
  });
  const state = await submit(ada, editUser, { id: oto.id, version: 1, name: "Otto", email: "" });
  expect(state).toMatchObject({ status: "refused", values: { name: "Otto" } });
  expect(state.message).toContain('name "Oto", e-mail "o@example.com"');
});

test("nobody disables, deletes, edits or resets themselves here", async () => {
  for (const act of [disableUser, deleteUser, setPassword, editUser]) {
    const values = { id: ada.id, version: 1, name: "", new_password: PASSWORD, confirm_new_password: PASSWORD };
    expect(await submit(ada, act, values)).toMatchObject({ status: "refused" });
  }
  expect(await stored(ada.id)).toMatchObject({ disabledAt: null });
});

test("the last administrator keeps the role: the sentence is at the form and one refusal in the log", async () => {
  const state = await submit(ada, saveRoles, { id: ada.id, version: 1, "roles[]": await roleIds("Viewer") });
  expect(state).toMatchObject({ status: "refused", message: "At least one administrator must remain." });
  expect(await rolesOf(ada.id)).toEqual(["Admin"]);
  const refusals = await db().select().from(auditEntries).where(eq(auditEntries.reason, state.message));
  expect(refusals).toMatchObject([{ action: "user.roles", outcome: "refused", actor: "ada" }]);
});

test("an administrator who is not the last may give the role up", async () => {
  const ana = await fresh("Admin", "Viewer");
  expect(await submit(ana, saveRoles, { id: ana.id, version: 1, "roles[]": await roleIds("Viewer") })).toMatchObject({
    status: "done",
  });
  expect((await accessOf(ana)).active).toMatchObject([{ name: "Viewer" }]);
});

test("who lacks the right is refused, with one audit entry and nothing changed", async () => {
  const victim = await fresh("Viewer");
  for (const who of [await fresh("Operator"), await fresh("Reporter"), await fresh("Viewer"), await fresh()]) {
    for (const act of [createUser, saveRoles, setPassword, disableUser, enableUser, deleteUser, editUser]) {
      expect(await forbidden(() => submit(who, act, { id: victim.id, version: 1 }))).toBe("needs users.manage");
    }
    await expect(listUsers(readListQuery({}, userSorts))).rejects.toBeInstanceOf(Interrupt);
  }
});

test("who manages users cannot give a role that may do more than they may", async () => {
  const viewer = await fresh("Viewer");
  const admin = await roleId("Admin");
  const create = { username: "puppet", password: PASSWORD, "roles[]": [admin] };
  expect(await forbidden(() => submit(uma, createUser, create))).toContain("exceeds the own rights");
  expect(await forbidden(() => submit(uma, saveRoles, { id: viewer.id, version: 1, "roles[]": [admin] }))).toContain(
    "settings.manage",
  );
  expect(await forbidden(() => submit(uma, saveRoles, { id: uma.id, version: 1, "roles[]": [admin] }))).toContain(
    "exceeds",
  );
  const operator = await fresh("Operator");
  const kept = { id: operator.id, version: 1, "roles[]": await roleIds("Operator", "Viewer") };
  expect(await forbidden(() => submit(uma, saveRoles, kept)), "a role that is kept is given too").toContain("exceeds");
  expect(
    await submit(uma, saveRoles, { id: viewer.id, version: 1, "roles[]": await roleIds("Viewer", "User manager") }),
  ).toMatchObject({ status: "done" });
});

test("who manages users cannot reach into the account of somebody stronger", async () => {
  const strong = await fresh("Viewer", "Operator");
  const values = { id: strong.id, version: 1, name: "x", new_password: PASSWORD, confirm_new_password: PASSWORD };
  for (const act of [setPassword, disableUser, deleteUser, editUser, enableUser]) {
    expect(await forbidden(() => submit(uma, act, values))).toContain("exceeds the own rights");
  }
  expect(
    await submit(uma, saveRoles, { id: strong.id, version: 1, "roles[]": await roleIds("Viewer") }),
    "taking is allowed",
  ).toMatchObject({ status: "done" });
  expect(await submit(uma, setPassword, { ...values, version: 2 })).toMatchObject({ status: "done" });
});

test("rights count as they are in the active role, not in all assigned ones", async () => {
  const both = await fresh("User manager", "Admin");
  const create = { username: "puppet2", password: PASSWORD, "roles[]": await roleIds("Operator") };
  expect((await accessOf(both)).active).toMatchObject([{ name: "User manager" }]);
  expect(await forbidden(() => submit(both, createUser, create))).toContain("exceeds");
});

test.each([["1"], ["[1]"], ["{}"], ["' or 1=1"]])(
  "an id that is none (%s) is refused and changes nothing",
  async (id) => {
    const before = await world();
    for (const act of [deleteUser, disableUser, enableUser])
      expect((await submit(ada, act, { id })).status).toBe("invalid");
    expect(await submit(ada, saveRoles, { id: ada.id, version: 1, "roles[]": [id] })).toMatchObject({
      status: "invalid",
    });
    expect(await world()).toEqual(before);
  },
);

test("unknown fields of a form change nothing", async () => {
  const oto = await fresh("Operator");
  await submit(ada, editUser, {
    id: oto.id,
    version: 1,
    name: "Oto",
    passwordHash: "x",
    disabledAt: "now",
    "roles[]": await roleIds("Admin"),
  });
  expect(await stored(oto.id)).toMatchObject({ name: "Oto", disabledAt: null });
  expect(await rolesOf(oto.id)).toEqual(["Operator"]);
});

test("the list searches, filters, sorts and pages, and counts what matches", async () => {
  const viewer = await roleId("Viewer");
  await transaction(async (tx) => {
    const made = await tx
      .insert(users)
      .values(
        Array.from({ length: 120 }, (_, i) => ({
          username: `many${String(i).padStart(3, "0")}`,
          passwordHash: "x",
          email: `m${i}@many.example`,
        })),
      )
      .returning({ id: users.id });
    await tx.insert(assignments).values(made.slice(0, 60).map(({ id }) => ({ userId: id, roleId: viewer })));
  });
  const list = (params: Record<string, string>) => {
    actAs(ada);
    return listUsers(readListQuery(params, userSorts, userFilters));
  };
  const first = await list({ q: "MANY0" });
  expect(first.rows).toHaveLength(50);
  expect(first.count).toBe(100);
  const next = await list({ q: "MANY0", after: `${first.next?.id}~${first.next?.value}` });
  expect(next.rows[0]?.username).toBe("many050");
  expect((await list({ q: "many", role: viewer })).count).toBe(60);
  expect((await list({ q: "many", role: "none" })).count).toBe(60);
  expect((await list({ q: "many", state: "disabled" })).rows).toEqual([]);
  expect((await list({ q: "many", sort: "-username" })).rows[0]?.username).toBe("many119");
  for (const sort of ["name", "-email", "signIn", "-created"]) expect((await list({ sort })).rows.length).toBe(50);
  expect((await list({ q: "%" })).rows).toEqual([]);
});
