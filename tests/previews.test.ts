import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actingKey } from "@/lib/access/can";
import { allRights, isAggregate, type Right } from "@/lib/access/registry";
import { coveredCustomers, coveredJobs } from "@/lib/access/scope";
import { hashSecret, readAccess } from "@/lib/access/session";
import { sessionCookieName } from "@/lib/auth/cookie-name";
import { decodeToken } from "@/lib/auth/token";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roleScopes, roles, sessions } from "@/lib/db/schema/access";
import { customers, jobs } from "@/lib/db/schema/desk";
import { endPreview, startPreview } from "@/lib/previews/actions";
import { signOut, switchRole } from "@/lib/sessions/actions";
import { accessOf, Interrupt, type Person, person, request, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { addRole, only } from "./support/roles";

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);

const roleNamed = async (name: string): Promise<string> => {
  const [role] = await db().select({ id: roles.id }).from(roles).where(eq(roles.name, name));
  return role?.id ?? "";
};
const entries = (actor: string) => db().select().from(auditEntries).where(eq(auditEntries.actor, actor));

/** The person after an answer that renewed the cookie. */
function renewed(who: Person): Person {
  const token = decodeToken(request.cookies.get(sessionCookieName(false)));
  if (!token) throw new Error("The cookie was not renewed.");
  return { ...who, secret: token.secret };
}

async function previewing(who: Person, roleId: string): Promise<Person> {
  expect(await submit(who, startPreview, { role: roleId })).toMatchObject({ status: "done", leaveTo: "/dashboard" });
  return renewed(who);
}

test("a preview shows what the role may, is in the audit log, and one click leads back", async () => {
  const ada = await person("ada", "Admin");
  const viewer = await roleNamed("Viewer");
  const looking = await previewing(ada, viewer);

  expect(await readAccess(db(), ada.secret), "the former cookie is dead").toBeNull();
  const access = await accessOf(looking);
  expect(access.preview).toEqual({ id: viewer, name: "Viewer" });
  expect(access.active).toMatchObject([{ name: "Admin" }]);
  const [stored] = await db().select().from(roles).where(eq(roles.id, viewer));
  expect([...access.rights].sort()).toEqual(stored?.rights.toSorted());
  const hint = decodeToken(request.cookies.get(sessionCookieName(false)));
  expect(hint?.rights.toSorted()).toEqual(stored?.rights.toSorted());

  const answer = await submit(looking, endPreview);
  expect(answer).toMatchObject({ status: "done", leaveTo: `/settings/roles?role=${viewer}` });
  const back = await accessOf(renewed(looking));
  expect(back.preview).toBeNull();
  expect(back.rights.size).toBe(allRights().length);
  expect(await entries("ada")).toMatchObject([
    { action: "preview.start", target: "Viewer", targetId: viewer, role: "Admin", outcome: "done" },
    { action: "preview.end", target: "Viewer", targetId: viewer, role: "Admin", outcome: "done" },
  ]);
});

test("who may not manage roles, names no role, or looks already, starts no preview", async () => {
  const [oto, eva] = [await person("oto", "Operator"), await person("eva", "Admin")];
  const viewer = await roleNamed("Viewer");
  await expect(submit(oto, startPreview, { role: viewer })).rejects.toEqual(new Interrupt("forbidden"));
  expect(await submit(eva, startPreview, { role: eva.id })).toMatchObject({
    status: "refused",
    message: "This role does not exist any more.",
  });
  expect(await submit(eva, endPreview)).toMatchObject({
    status: "refused",
    message: "The preview has ended already.",
  });
  const looking = await previewing(eva, viewer);
  expect(await submit(looking, startPreview, { role: await roleNamed("Reporter") })).toMatchObject({
    status: "refused",
    message: "This is a preview of Viewer. Nothing was changed.",
  });
  expect((await entries("oto")).map(({ outcome }) => outcome)).toEqual(["refused"]);
  expect((await entries("eva")).map(({ outcome }) => outcome)).toEqual(["refused", "refused", "done", "refused"]);
});

test("no switch of role in a preview; signing out works; forms from before it are refused", async () => {
  const max = await person("max", "Admin", "Operator");
  const before = actingKey(await accessOf(max));
  const looking = await previewing(max, await roleNamed("Reporter"));
  const operator = await roleNamed("Operator");
  expect(await submit(looking, switchRole, { role: operator })).toMatchObject({ status: "refused" });
  expect(actingKey(await accessOf(looking))).not.toBe(before);
  expect((await accessOf(looking)).active).toMatchObject([{ name: "Admin" }]);
  await submit(looking, signOut);
  expect(await readAccess(db(), looking.secret)).toBeNull();
});

test("a preview ends with its role, and with the right to look at roles", async () => {
  const [uma, ida] = [await person("uma", "Admin"), await person("ida", "Admin", "Operator")];
  const gone = await addRole("Soon gone", ["dashboard.view"]);
  const looking = await previewing(uma, gone);
  await transaction((tx) => tx.delete(roles).where(eq(roles.id, gone)));
  expect((await accessOf(looking)).preview).toBeNull();
  expect((await accessOf(looking)).rights.size).toBe(allRights().length);
  expect(await submit(looking, endPreview)).toMatchObject({ message: "The preview has ended already." });

  const stronger = await previewing(ida, await roleNamed("Admin"));
  const admin = await roleNamed("Admin");
  await transaction((tx) =>
    tx.delete(assignments).where(sql`${assignments.userId} = ${ida.id} and ${assignments.roleId} = ${admin}`),
  );
  const left = await accessOf(stronger);
  expect(left.preview).toBeNull();
  expect(left.active).toMatchObject([{ name: "Operator" }]);
  expect(left.rights.has("users.manage")).toBe(false);
});

test("a latent preview does not come back after a switch of role", async () => {
  const ron = await person("ron", "Admin", "Operator");
  await transaction((tx) =>
    tx
      .update(sessions)
      .set({
        activeRoleIds: sql`array(select id from roles where name = 'Operator')`,
        previewRoleId: sql`(select id from roles where name = 'Viewer')`,
      })
      .where(eq(sessions.tokenHash, hashSecret(ron.secret))),
  );
  expect((await accessOf(ron)).preview).toBeNull();
  await submit(ron, switchRole, { role: await roleNamed("Admin") });
  expect(await accessOf(renewed(ron))).toMatchObject({ preview: null, active: [{ name: "Admin" }] });
});

test("nobody sees more in a preview than both they and the role may: rights and rows", async () => {
  const [acme, bolt, core] = [await customerNamed("Acme"), await customerNamed("Bolt"), await customerNamed("Core")];
  const made = [acme, bolt, core].map((customer) => jobOf(customer, `${customer.name} nightly`));
  const all = await Promise.all(made);
  const own = await addRole("Few rights", ["roles.manage", "customers.view", "resources.view"], {
    "customers.view": only(acme.id, bolt.id),
    "resources.view": only(all[0]?.id ?? "", all[2]?.id ?? ""),
  });
  const meg = await person("meg", "Few rights");
  const seen = async (who: Person) => {
    const access = await accessOf(who);
    const names = await db().select({ name: customers.name }).from(customers).where(coveredCustomers(access));
    const nightly = await db()
      .select({ name: jobs.name })
      .from(jobs)
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .where(coveredJobs(access));
    const sorted = (rows: { name: string }[]) => rows.map(({ name }) => name).sort();
    return { rights: [...access.rights].sort(), customers: sorted(names), jobs: sorted(nightly) };
  };
  const alone = await seen(meg);
  expect(alone).toMatchObject({ customers: ["Acme", "Bolt"], jobs: ["Acme nightly"] });

  expect(await seen(await previewing(meg, await roleNamed("Admin"))), "Admin, looked at by less").toEqual(alone);

  const ned = await person("ned", "Few rights");
  const part = await addRole("Part", ["customers.view", "audit.view"], { "customers.view": only(bolt.id, core.id) });
  const both = await seen(await previewing(ned, part));
  expect(both).toEqual({ rights: ["customers.view"], customers: ["Bolt"], jobs: [] });
  expect(own).not.toBe(part);
});

test("for generated roles, a preview gives the intersection and nothing else", async () => {
  const kim = await person("kim", "Viewer");
  const eve = { ...kim };
  const shops = await Promise.all(["P", "Q", "R", "S"].map((name) => customerNamed(name)));
  const rights = fc.uniqueArray(fc.constantFrom(...allRights()));
  const chosen = fc.subarray(shops.map(({ id }) => id));
  const sides = fc.record({ own: rights, other: rights, ownRows: chosen, otherRows: chosen });
  const [first, second] = [await addRole("First", []), await addRole("Second", [])];
  const store = async (id: string, held: Right[], rows: string[]) =>
    transaction(async (tx) => {
      await tx.update(roles).set({ rights: held }).where(eq(roles.id, id));
      await tx.delete(roleScopes).where(eq(roleScopes.roleId, id));
      const marks = held
        .filter(isAggregate)
        .flatMap((right) => only(...rows).map((mark) => ({ ...mark, roleId: id, right })));
      if (marks.length > 0) await tx.insert(roleScopes).values(marks);
    });
  await transaction(async (tx) => {
    await tx.delete(assignments).where(eq(assignments.userId, kim.id));
    await tx.insert(assignments).values({ userId: kim.id, roleId: first });
    await tx
      .update(sessions)
      .set({ activeRoleIds: [first], previewRoleId: second })
      .where(eq(sessions.userId, kim.id));
  });
  await fc.assert(
    fc.asyncProperty(sides, async ({ own, other, ownRows, otherRows }) => {
      await store(first, [...new Set<Right>([...own, "roles.manage"])], ownRows);
      await store(second, other, otherRows);
      const access = await accessOf(eve);
      const may = [...own, "roles.manage"].filter((right) => other.includes(right as Right));
      expect([...access.rights].sort()).toEqual([...new Set(may)].sort());
      const rows = await db().select({ id: customers.id }).from(customers).where(coveredCustomers(access));
      const both = may.includes("customers.view") ? ownRows.filter((id) => otherRows.includes(id)) : [];
      expect(rows.map(({ id }) => id).sort()).toEqual(both.sort());
    }),
    { numRuns: 60 },
  );
});
