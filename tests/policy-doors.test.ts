import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { requirePage, requireRight } from "@/lib/access/guard";
import { holdingsOf, lackingOf } from "@/lib/access/holdings";
import { NOTHING } from "@/lib/access/marks";
import { allRights } from "@/lib/access/registry";
import { readAccess } from "@/lib/access/session";
import { settleSessions } from "@/lib/access/settle";
import { action } from "@/lib/action";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roles, sessions, users } from "@/lib/db/schema/access";
import { customers } from "@/lib/db/schema/desk";
import { accessOf, actAs, Interrupt, type Person, person, request, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { addRole, only } from "./support/roles";

/** What must hold at every guarded page, query and action, tried on a few made here. */

beforeAll(async () => {
  await openTestDatabase();
  await person("boss", "Admin");
});
afterAll(closeTestDatabase);
let n = 0;
beforeEach(async () => {
  n++;
  during = async () => {};
});

/** What happens between the first look at the rights and the transaction. */
let during: () => Promise<unknown> = async () => {};
const addCustomer = action(
  "customers.manage",
  z.object({ name: z.string() }),
  async ({ tx, audit }, { name }) => {
    await tx.insert(customers).values({ name });
    if (!name.startsWith("silent")) audit({ action: "customer.create", target: name });
    return "Added.";
  },
  { name: "customer.create", prepare: () => during() },
);
const add = (who: Person | null, name: string, role?: string) =>
  submit(who, addCustomer, { name }, role).catch((error: unknown) => String(error));
const exists = async (name: string) => (await db().$count(customers, eq(customers.name, name))) > 0;
const lastRefusal = async () =>
  (await db().select().from(auditEntries).orderBy(sql`id desc`).limit(1)).map(
    ({ outcome, reason }) => `${outcome}: ${reason}`,
  )[0];
const roleId = async (name: string) =>
  (await db().select({ id: roles.id }).from(roles).where(eq(roles.name, name)))[0]?.id ?? "";
const inSession = (who: Person, values: Partial<typeof sessions.$inferInsert>) =>
  transaction((tx) => tx.update(sessions).set(values).where(eq(sessions.userId, who.id)));
const stopped = async (ask: () => Promise<unknown>) =>
  ask().then(
    () => "open",
    (error: unknown) => (error instanceof Interrupt ? error.message : String(error)),
  );

test("an action runs for who holds its right in the active role, and leaves one entry", async () => {
  expect(await add(await person(`oto${n}`, "Operator"), "A1")).toMatchObject({ status: "done" });
  let hasBegun = false;
  during = async () => {
    hasBegun = true;
  };
  expect(await add(await person(`vi${n}`, "Viewer", "Operator"), "A2")).toBe("Error: forbidden");
  expect(hasBegun, "no work is done for who may not").toBe(false);
  expect(await exists("A2")).toBe(false);
  expect(await lastRefusal()).toBe("refused: needs customers.manage");
  expect(await add(null, "A3")).toBe("Error: unauthorized");
});

test("a form of another site, or of a page in another role, changes nothing", async () => {
  const oto = await person(`oto${n}`, "Operator", "Viewer");
  expect(await add(oto, "B1", await roleId("Viewer"))).toMatchObject({ status: "refused" });
  expect(await lastRefusal()).toBe("refused: sent from a page of another role");
  request.headers.set("origin", "https://elsewhere.example");
  expect(await add(oto, "B2")).toBe("Error: forbidden");
  expect(await exists("B1")).toBe(false);
  expect(await exists("B2")).toBe(false);
});

test("who must choose a new password does nothing else", async () => {
  const oto = await person(`oto${n}`, "Operator");
  await transaction((tx) => tx.update(users).set({ passwordChangeRequiredAt: sql`now()` }).where(eq(users.id, oto.id)));
  expect(await add(oto, "C1")).toBe("Error: forbidden");
  actAs(oto);
  expect(await stopped(() => requireRight("customers.view"))).toBe("redirect /account");
  expect(await stopped(() => requirePage("/customers"))).toBe("redirect /account");
  expect(await stopped(() => requirePage("/account"))).toBe("open");
});

test("a right, a session or a role that goes away after the first look counts no more", async () => {
  const oto = await person(`oto${n}`, "Operator");
  const own = and(eq(assignments.userId, oto.id), eq(assignments.roleId, await roleId("Operator")));
  during = () =>
    transaction((tx) => tx.update(assignments).set({ expiresAt: sql`now() - interval '1 second'` }).where(own));
  expect(await add(oto, "D1")).toBe("Error: forbidden");
  during = () => inSession(eve, { endedAt: new Date() });
  const eve = await person(`eve${n}`, "Operator");
  expect(await add(eve, "D2")).toBe("Error: forbidden");
  const ada = await person(`ada${n}`, "Admin");
  const viewer = await roleId("Operator");
  during = () => inSession(ada, { previewRoleId: viewer });
  expect(await add(ada, "D3")).toBe("Error: forbidden");
  for (const name of ["D1", "D2", "D3"]) expect(await exists(name), name).toBe(false);
});

test("a preview changes nothing, and is open to nobody who may not look after roles in the active role", async () => {
  const ada = await person(`ada${n}`, "Admin", "Viewer");
  await inSession(ada, { previewRoleId: await roleId("Operator") });
  expect(await add(ada, "E1")).toMatchObject({ status: "refused" });
  expect(await lastRefusal()).toBe("refused: in a preview of Operator");
  await inSession(ada, { activeRoleIds: [await roleId("Viewer")], previewRoleId: await roleId("Admin") });
  const access = await accessOf(ada);
  expect(access.preview).toBeNull();
  expect([...access.rights]).toEqual(expect.not.arrayContaining(["customers.manage"]));
});

test("a preview shows only rights that both hold", async () => {
  const name = `looker ${n}`;
  await addRole(name, ["roles.manage", "dashboard.view", "audit.view"]);
  const eve = await person(`eve${n}`, name);
  await inSession(eve, { previewRoleId: await roleId("Admin") });
  expect([...(await accessOf(eve)).rights].sort()).toEqual(["audit.view", "dashboard.view", "roles.manage"]);
  await inSession(eve, { previewRoleId: await roleId("Viewer") });
  expect([...(await accessOf(eve)).rights]).toEqual(["dashboard.view"]);
});

test("a change that leaves no audit entry is undone", async () => {
  expect(await add(await person(`oto${n}`, "Operator"), "silent")).toMatch(/./);
  expect(await exists("silent")).toBe(false);
});

test("pages and queries stop whoever lacks the right, also of another of their roles, and note it", async () => {
  actAs(await person(`vi${n}`, "Viewer", "Admin"));
  expect(await stopped(() => requirePage("/settings/users"))).toBe("forbidden");
  expect(await lastRefusal()).toBe("refused: needs users.manage");
  request.reset();
  actAs(await person(`rea${n}`, "Reporter", "Admin"));
  expect(await stopped(() => requireRight("audit.view"))).toBe("forbidden");
  expect(await stopped(() => requireRight("reports.view"))).toBe("open");
  actAs(await person(`none${n}`));
  expect(await stopped(() => requirePage("/account"))).toBe("forbidden");
  actAs(null);
  expect(await stopped(() => requirePage("/account"))).toBe("redirect /login");
});

test("a session ends with its user, and a role at its end", async () => {
  const oto = await person(`oto${n}`, "Operator", "Viewer");
  await transaction((tx) => tx.update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, oto.id)));
  expect(await readAccess(db(), oto.secret)).toBeNull();
  await transaction((tx) => tx.update(users).set({ disabledAt: null }).where(eq(users.id, oto.id)));
  expect((await accessOf(oto)).active.map(({ name }) => name)).toEqual(["Operator"]);
  const own = and(eq(assignments.userId, oto.id), eq(assignments.roleId, await roleId("Operator")));
  const until = (interval: string) =>
    transaction((tx) =>
      tx
        .update(assignments)
        .set({ expiresAt: sql`now() + ${interval}::interval` })
        .where(own),
    );
  await until("1 hour");
  expect((await accessOf(oto)).active.map(({ name }) => name)).toEqual(["Operator"]);
  await until("-1 second");
  expect((await accessOf(oto)).active.map(({ name }) => name)).toEqual(["Viewer"]);
  await inSession(oto, { endedAt: new Date() });
  expect(await readAccess(db(), oto.secret)).toBeNull();
});

test("a session whose role is taken away goes on in the first that remains, and stays there", async () => {
  const oto = await person(`oto${n}`, "Operator", "Reporter", "Viewer");
  const row = { userId: oto.id, roleId: await roleId("Operator") };
  const own = and(eq(assignments.userId, row.userId), eq(assignments.roleId, row.roleId));
  const both = [row.roleId, await roleId("Viewer")];
  const active = async () => (await accessOf(oto)).active.map(({ name }) => name);
  await transaction(async (tx) => {
    await tx.delete(assignments).where(own);
    await settleSessions(tx, [oto.id]);
  });
  expect(await active()).toEqual(["Reporter"]);
  await transaction(async (tx) => {
    await tx.insert(assignments).values(row);
    await settleSessions(tx, [oto.id]);
  });
  expect(await active()).toEqual(["Reporter"]);
  await inSession(oto, { activeRoleIds: both });
  await transaction(async (tx) => {
    await tx.delete(assignments).where(own);
    await settleSessions(tx, [oto.id]);
    await tx.insert(assignments).values(row);
  });
  expect(await active()).toEqual(["Viewer"]);
});

test("what somebody may give is what their active role holds, of each aggregate right by itself", async () => {
  const element = "0193ab00-0000-7000-8000-0000000000ab";
  const [limited, wide] = [`limited ${n}`, `wide ${n}`];
  await addRole(limited, ["users.manage", "customers.view", "resources.view"], {
    "customers.view": only(element),
    "resources.view": [],
  });
  await addRole(wide, allRights());
  const eve = await accessOf(await person(`eve${n}`, limited, wide, "Admin"));
  const all = await holdingsOf(db());
  const lacking = Object.fromEntries((await lackingOf(db(), eve, all)).map((rights, i) => [all[i]?.name, rights]));
  expect(lacking[limited]).toEqual([]);
  expect(lacking.Admin).toEqual(allRights());
  expect(lacking.Viewer).toContain("dashboard.view");
  expect(lacking.Viewer).toContain("customers.view");
  expect(lacking[wide]).toContain("resources.view");
  expect(all.find(({ name }) => name === limited)?.trees["resources.view"]).toEqual(NOTHING);
  expect(all.find(({ name }) => name === limited)?.trees["customers.view"]?.elements).toEqual(
    new Map([[element, true]]),
  );
  expect(all.find(({ name }) => name === wide)?.trees["customers.view"]).toMatchObject({
    root: true,
    elements: new Map(),
  });
});
