import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/users/export/route";
import { POST } from "@/app/api/users/import-preview/route";
import { expireNow } from "@/lib/access/expire";
import { readAccess } from "@/lib/access/session";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roles, sessions, settings, users } from "@/lib/db/schema/access";
import { readListQuery } from "@/lib/list";
import { deleteRole } from "@/lib/roles/actions";
import { deleteUser, saveRoles, setPassword } from "@/lib/users/actions";
import { assignRole, removeRole } from "@/lib/users/bulk/actions";
import { assignUntil, forgetExpiredRoles } from "@/lib/users/ends/actions";
import { importUsers } from "@/lib/users/import/actions";
import type { Preview } from "@/lib/users/import/prepare";
import { exportUsers, listUsers, userFilters, userSorts } from "@/lib/users/queries";
import { accessOf, actAs, Interrupt, type Person, person, request, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { addRole } from "./support/roles";

let ada: Person;
let round = 0;
const fresh = (...names: string[]) => person(`p${++round}`, ...names);

beforeAll(async () => {
  await openTestDatabase();
  await transaction((tx) => tx.update(settings).set({ timeZone: "Europe/Berlin" }));
  ada = await person("ada", "Admin");
});
afterAll(closeTestDatabase);
beforeEach(() => actAs(ada));

const roleId = async (name: string) => (await db().select().from(roles).where(eq(roles.name, name)))[0]?.id ?? "";
const assignment = async (who: Person, role: string) => {
  const both = and(eq(assignments.userId, who.id), eq(assignments.roleId, await roleId(role)));
  return (await db().select().from(assignments).where(both))[0];
};
const versionOf = async (who: Person) => (await db().select().from(users).where(eq(users.id, who.id)))[0]?.version ?? 0;
const audited = (who: Person, action: string) =>
  db()
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.targetId, who.id), eq(auditEntries.action, action)))
    .orderBy(auditEntries.id);
/** Ends a role of somebody by the clock of the database. */
const endIn = async (who: Person, role: string, milliseconds: number) => {
  const both = and(eq(assignments.userId, who.id), eq(assignments.roleId, await roleId(role)));
  const expiresAt = sql`clock_timestamp() + make_interval(secs => ${milliseconds / 1000})`;
  await transaction((tx) => tx.update(assignments).set({ expiresAt }).where(both));
};
const until = async (actor: Person, who: Person, role: string, at: string, reason = "") =>
  submit(actor, assignUntil, {
    id: who.id,
    version: await versionOf(who),
    role: await roleId(role),
    until: at,
    reason,
  });
const save = async (who: Person, ...names: string[]) =>
  submit(ada, saveRoles, {
    id: who.id,
    version: await versionOf(who),
    "roles[]": await Promise.all(names.map(roleId)),
    no_role: "on",
  });
const activeOf = async (who: Person) => (await accessOf(who)).active.map(({ name }) => name);
const inList = async (who: Person) => {
  actAs(ada);
  const page = await listUsers(readListQuery({ q: who.username }, userSorts, userFilters));
  return page.rows.find(({ id }) => id === who.id);
};

test("a role is given until a moment of the account's time zone, with a reason, in list and log", async () => {
  const vi = await fresh("Viewer");
  expect(await until(ada, vi, "Operator", "2126-11-27T18:00", "Covers for Oto")).toMatchObject({
    status: "done",
    message: `${vi.username} now has: Operator (until 27 Nov 2126, 18:00), Viewer.`,
  });
  const end = new Date("2126-11-27T17:00:00Z");
  expect(await assignment(vi, "Operator")).toMatchObject({
    expiresAt: end,
    reason: "Covers for Oto",
    grantedBy: ada.id,
  });
  expect(await audited(vi, "user.roles")).toMatchObject([
    {
      before: { roles: ["Viewer"] },
      after: {
        roles: ["Operator", "Viewer"],
        ends: { Operator: { until: end.toISOString(), reason: "Covers for Oto" } },
      },
    },
  ]);
  expect((await inList(vi))?.assigned).toContainEqual({
    roleId: await roleId("Operator"),
    until: end,
    reason: "Covers for Oto",
    isHeld: true,
  });
});

test("the very next request after the end acts in the first remaining role, or opens nothing; the role is gone", async () => {
  const oto = await fresh("Operator", "Viewer");
  const bo = await fresh("Reporter");
  expect([await activeOf(oto), await activeOf(bo)]).toEqual([["Operator"], ["Reporter"]]);
  await endIn(oto, "Operator", 2000);
  await endIn(bo, "Reporter", 2000);
  const clock = sql<number>`extract(epoch from clock_timestamp())::float8 * 1000`;
  const now = async () => Number((await db().select({ now: clock }).from(sql`(select 1) as one`))[0]?.now);
  const end = Number((await assignment(bo, "Reporter"))?.expiresAt) + 1;
  for (let before = await now(); ; before = await now()) {
    const seen = [await activeOf(oto), await activeOf(bo)];
    if (before > end) {
      expect(seen).toEqual([["Viewer"], []]);
      break;
    }
  }
  const access = await accessOf(oto);
  expect(access.roles.map(({ name }) => name)).toEqual(["Viewer"]);
  expect(access.rights.has("inbox.process")).toBe(false);
  expect((await accessOf(bo)).rights.size).toBe(0);
});

test("until its end a role is held, to the second", async () => {
  const oto = await fresh("Operator", "Viewer");
  await endIn(oto, "Operator", 60_000);
  expect(await activeOf(oto)).toEqual(["Operator"]);
  await endIn(oto, "Operator", 0);
  expect(await activeOf(oto)).toEqual(["Viewer"]);
});

test("what expired is noted once, by whoever sweeps first, and the session never goes back into it by itself", async () => {
  const oto = await fresh("Operator", "Viewer");
  await endIn(oto, "Operator", -1000);
  await Promise.all([expireNow(), expireNow()]);
  await expireNow();
  expect(await audited(oto, "assignment.expire")).toMatchObject([
    { actor: "system", role: "", target: oto.username, before: { role: "Operator", reason: "" }, outcome: "done" },
  ]);
  const [session] = await db().select().from(sessions).where(eq(sessions.userId, oto.id));
  expect(session?.activeRoleIds).toEqual([await roleId("Viewer")]);
  await save(oto, "Operator", "Viewer");
  expect(await activeOf(oto)).toEqual(["Viewer"]);
});

test.each([
  ["by Save", (who: Person) => save(who, "Operator", "Viewer")],
  ["until later", (who: Person) => until(ada, who, "Operator", "2126-01-01T00:00")],
  ["to several", async (who: Person) => submit(ada, assignRole, { "ids[]": [who.id], role: await roleId("Operator") })],
])(
  "a role that expired a moment ago and is given again %s is noted first and does not become active",
  async (_how, give) => {
    const oto = await fresh("Operator", "Viewer");
    await endIn(oto, "Operator", -10);
    expect(await give(oto)).toMatchObject({ status: "done" });
    expect(await audited(oto, "assignment.expire")).toHaveLength(1);
    expect(await activeOf(oto)).toEqual(["Viewer"]);
    expect((await accessOf(oto)).roles.map(({ name }) => name)).toEqual(["Operator", "Viewer"]);
    expect(await assignment(oto, "Operator")).toMatchObject({ expiryNotedAt: null, grantedBy: ada.id });
  },
);

test("saving roles keeps ends of what is kept and records of what expired; given again it has no end", async () => {
  const oto = await fresh("Operator", "Reporter", "Viewer");
  await until(ada, oto, "Viewer", "2126-01-01T00:00", "Audit");
  await endIn(oto, "Operator", -1000);
  await save(oto, "Viewer");
  expect(await assignment(oto, "Viewer")).toMatchObject({ reason: "Audit", expiresAt: expect.any(Date) });
  expect(await assignment(oto, "Operator")).toMatchObject({ expiresAt: expect.any(Date) });
  expect(await assignment(oto, "Reporter")).toBeUndefined();
  expect((await inList(oto))?.assigned.filter(({ isHeld }) => isHeld)).toHaveLength(1);
  await save(oto, "Viewer", "Operator");
  expect(await assignment(oto, "Operator")).toMatchObject({ expiresAt: null });
});

test("expired roles can be forgotten, and only those", async () => {
  const oto = await fresh("Operator", "Viewer");
  expect(await submit(ada, forgetExpiredRoles, { id: oto.id })).toMatchObject({ status: "refused" });
  await endIn(oto, "Operator", -1000);
  expect(await submit(ada, forgetExpiredRoles, { id: oto.id })).toMatchObject({ status: "done" });
  expect(await assignment(oto, "Operator")).toBeUndefined();
  expect(await assignment(oto, "Viewer")).toBeDefined();
  expect(await audited(oto, "assignment.expire")).toHaveLength(1);
  expect(await audited(oto, "user.forget_expired")).toMatchObject([
    { outcome: "refused" },
    { outcome: "done", before: { roles: ["Operator"] } },
  ]);
});

test.each([
  ["2020-01-01T00:00", "refused at its field", "Choose a moment in the future."],
  ["tomorrow", "no moment", "Enter a day and a time."],
  ["2126-02-30T10:00", "no day of the calendar", "Enter a day and a time."],
  ["0000-01-01T00:00", "before any calendar", "Enter a day and a time."],
])("an end of %s is %s", async (at, _what, message) => {
  const vi = await fresh("Viewer");
  expect(await until(ada, vi, "Operator", at)).toMatchObject({ status: "invalid", errors: { until: message } });
  expect(await assignment(vi, "Operator")).toBeUndefined();
});

test("the last administrator gets no end; one of two does, and the other is then the last", async () => {
  const refused = { status: "refused", message: "At least one administrator must remain." };
  expect(await until(ada, ada, "Admin", "2126-01-01T00:00")).toMatchObject(refused);
  const ana = await fresh("Admin");
  expect(await until(ada, ana, "Admin", "2126-01-01T00:00")).toMatchObject({ status: "done" });
  expect(await until(ana, ada, "Admin", "2126-01-01T00:00")).toMatchObject(refused);
  const take = { "ids[]": [ada.id], role: await roleId("Admin"), no_role: "on" };
  expect(await submit(ana, removeRole, take)).toMatchObject(refused);
});

test("who lacks what a role holds may end it earlier, but neither give it nor let it last longer", async () => {
  await addRole("Ender", ["users.manage"]);
  const uma = await fresh("Ender");
  const oto = await fresh("Operator");
  const forbidden = new Interrupt("forbidden");
  await expect(until(uma, oto, "Viewer", "2126-01-01T00:00")).rejects.toEqual(forbidden);
  expect(await until(uma, oto, "Operator", "2126-01-01T00:00")).toMatchObject({ status: "done" });
  await expect(until(uma, oto, "Operator", "2126-01-02T00:00")).rejects.toEqual(forbidden);
  await expect(until(uma, oto, "Operator", "")).rejects.toEqual(forbidden);
  expect(await until(uma, oto, "Operator", "2125-12-31T00:00")).toMatchObject({ status: "done" });
  await endIn(oto, "Operator", -1000);
  await expect(until(uma, oto, "Operator", "2125-12-30T00:00"), "expired is not held").rejects.toEqual(forbidden);
  expect(await assignment(oto, "Viewer")).toBeUndefined();
});

test("nobody prolongs a role of their own, although they may give it to others", async () => {
  const ana = await fresh("Admin");
  await until(ada, ana, "Admin", "2126-01-01T00:00");
  for (const at of ["2126-01-02T00:00", ""]) {
    expect(await until(ana, ana, "Admin", at)).toMatchObject({
      status: "refused",
      message: "Somebody else must prolong your own role.",
    });
  }
  expect(await until(ana, ana, "Admin", "2125-01-01T00:00")).toMatchObject({ status: "done" });
  expect(await until(ana, await fresh(), "Admin", "")).toMatchObject({ status: "done" });
});

test("an expired role protects nobody from who manages users", async () => {
  const uma = (await db().select().from(roles).where(eq(roles.name, "Ender"))).length > 0 ? await fresh("Ender") : null;
  const oto = await fresh("Operator");
  const values = { id: oto.id, new_password: "violet-tractor-hums-9", confirm_new_password: "violet-tractor-hums-9" };
  await expect(submit(uma, setPassword, values)).rejects.toEqual(new Interrupt("forbidden"));
  await endIn(oto, "Operator", -1000);
  expect(await submit(uma, setPassword, values)).toMatchObject({ status: "done" });
});

test("the second of two editors is told the end that the first has set", async () => {
  const vi = await fresh("Viewer");
  await until(ada, vi, "Viewer", "2126-11-27T18:00");
  const values = { id: vi.id, version: 1, "roles[]": [await roleId("Operator")] };
  expect((await submit(ada, saveRoles, values)).message).toContain("Stored now: Viewer (until 27 Nov 2126, 18:00).");
  const late = { id: vi.id, version: 1, role: await roleId("Operator"), until: "" };
  expect(await submit(ada, assignUntil, late)).toMatchObject({ status: "refused" });
});

test("several get a role until a moment; who holds it already keeps it as it is", async () => {
  const people = [await fresh("Viewer"), await fresh("Operator")] as const;
  const values = { "ids[]": people.map(({ id }) => id), role: await roleId("Operator") };
  const past = await submit(ada, assignRole, { ...values, until: "2020-01-01T00:00" });
  expect(past).toMatchObject({ status: "invalid", errors: { until: "Choose a moment in the future." } });
  expect(await submit(ada, assignRole, { ...values, until: "2126-01-01T00:00", reason: "Fair" })).toMatchObject({
    message: "1 user got the role Operator.",
  });
  expect(await assignment(people[0], "Operator")).toMatchObject({ reason: "Fair", expiresAt: expect.any(Date) });
  expect(await assignment(people[1], "Operator")).toMatchObject({ reason: "", expiresAt: null });
  expect(await audited(people[0], "user.roles")).toMatchObject([{ after: { ends: { Operator: { reason: "Fair" } } } }]);
});

test("lists, filters and exports count what is held; what ends soon can be asked for", async () => {
  const [soon, later, gone] = [await fresh("Reporter"), await fresh("Reporter"), await fresh("Reporter")];
  await endIn(soon, "Reporter", 86_400_000);
  await endIn(later, "Reporter", 30 * 86_400_000);
  await endIn(gone, "Reporter", -1000);
  const ids = async (params: Record<string, string>) =>
    (await exportUsers(readListQuery(params, userSorts, userFilters), [])).map(({ id }) => id);
  const shown = async (params: Record<string, string>) => {
    const found = await ids(params);
    return [soon, later, gone].map(({ id }) => found.includes(id));
  };
  expect(await shown({ role: await roleId("Reporter") })).toEqual([true, true, false]);
  expect(await shown({ role: "none" })).toEqual([false, false, true]);
  expect(await shown({ state: "expiring" })).toEqual([true, false, false]);
});

test("the export names ends; importing it again leaves them as they are", async () => {
  const oto = await fresh("Operator", "Viewer");
  await until(ada, oto, "Operator", "2126-11-27T18:00", "Fair");
  const search = `id=${oto.id}`;
  const exported = await GET(new Request(`http://localhost/api/users/export?${search}`), {
    params: Promise.resolve({}),
  });
  const csv = (await exported.text()).replace("\uFEFF", "");
  expect(csv).toContain("Operator|Viewer,Operator: 2126-11-27T17:00:00.000Z,enabled");
  const changed = csv.replace(`${oto.username},,`, `${oto.username},Oto,`);
  actAs(ada);
  const sent = { method: "POST", body: changed, headers: request.headers };
  const preview = await POST(new Request("http://localhost/api/users/import-preview", sent), {
    params: Promise.resolve({}),
  });
  const { fingerprint } = (await preview.json()) as Preview;
  expect(await submit(ada, importUsers, { csv: changed, fingerprint })).toMatchObject({ status: "done" });
  expect((await inList(oto))?.name).toBe("Oto");
  expect(await assignment(oto, "Operator")).toMatchObject({ reason: "Fair", expiresAt: expect.any(Date) });
});

test("deleting somebody whose role has just expired leaves that in the log too", async () => {
  const oto = await fresh("Operator");
  await endIn(oto, "Operator", -10);
  expect(await submit(ada, deleteUser, { id: oto.id })).toMatchObject({ status: "done" });
  expect(await audited(oto, "assignment.expire")).toHaveLength(1);
  expect(await readAccess(db(), oto.secret)).toBeNull();
});

test("deleting a role that has just expired for somebody leaves that in the log too", async () => {
  const id = await addRole("Short-lived", ["dashboard.view"]);
  const oto = await fresh("Short-lived", "Viewer");
  await endIn(oto, "Short-lived", -10);
  expect(await submit(ada, deleteRole, { id, holders: 0, bare: 0 })).toMatchObject({ status: "done" });
  expect(await audited(oto, "assignment.expire")).toMatchObject([{ before: { role: "Short-lived" } }]);
  expect(await activeOf(oto)).toEqual(["Viewer"]);
});
