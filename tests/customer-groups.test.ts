import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as exportDoor } from "@/app/api/customers/export/route";
import { POST as previewDoor } from "@/app/api/customers/import/route";
import type { Mark } from "@/lib/access/marks";
import { createCustomer, importCustomers, updateCustomer } from "@/lib/customers/actions";
import type { ImportPreview } from "@/lib/customers/preview";
import {
  type CustomerSort,
  customerFilters,
  customerSorts,
  getCustomer,
  listCustomerGroups,
  listCustomers,
} from "@/lib/customers/queries";
import { db, transaction } from "@/lib/db";
import { auditEntries, roleScopes } from "@/lib/db/schema/access";
import { customerGroups, customers } from "@/lib/db/schema/desk";
import { readListQuery } from "@/lib/list";
import { actAs, type Person, person, request, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

let oto: Person;
let round = 0;

beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
});
afterAll(closeTestDatabase);

const groups = async () =>
  (await db().select().from(customerGroups).orderBy(asc(customerGroups.name))).map(({ name }) => name);
const groupIdOf = async (name: string) =>
  (await db().select().from(customerGroups).where(eq(customerGroups.name, name)))[0]?.id ?? "";
const stored = async (name: string) => (await db().select().from(customers).where(eq(customers.name, name)))[0];
const add = (who: Person, name: string, group = "") => submit(who, createCustomer, { name, group });
const edit = async (who: Person, name: string, group: string) => {
  const row = await stored(name);
  return submit(who, updateCustomer, { id: row?.id ?? "", version: row?.version ?? 0, name, group });
};
/** Somebody who manages the customers that the marks include. */
async function managing(marks: readonly Mark[]): Promise<Person> {
  const name = `Manager ${++round}`;
  await addRole(name, ["customers.view", "customers.manage"], { "customers.view": marks });
  return person(`manager${round}`, name);
}
const mark = (type: string, included = true): Mark => ({ type, elementId: null, included });
const preview = async (who: Person, csv: string) => {
  actAs(who);
  const sent = new Request("http://localhost/api/customers/import", {
    method: "POST",
    body: csv,
    headers: request.headers,
  });
  return (await (await previewDoor(sent, { params: Promise.resolve({}) })).json()) as ImportPreview;
};
const told = async (who: Person, csv: string) =>
  (await preview(who, csv)).lines.map(({ result, detail }) => `${result} ${detail}`.trim());
const apply = async (who: Person, csv: string) =>
  submit(who, importCustomers, { csv, mark: (await preview(who, csv)).mark });
const list = async (who: Person, params: Record<string, string>) => {
  actAs(who);
  const page = await listCustomers(readListQuery<CustomerSort>(params, customerSorts, customerFilters));
  return page.rows.map(({ name, group }) => `${name}: ${group}`);
};
const CHOSEN = "Your role covers chosen customers only; a new one would not be among them.";
const OUT = "In this group your role would not cover this customer any more.";

test("a new name makes a group, the same name in another case is the same group, and the last one out closes it", async () => {
  await add(oto, "Acme", "North");
  await add(oto, "Beta", "NORTH");
  expect(await groups()).toEqual(["North"]);
  expect((await stored("Acme"))?.groupId).toBe((await stored("Beta"))?.groupId);
  await edit(oto, "Acme", "South");
  expect(await groups()).toEqual(["North", "South"]);
  await edit(oto, "Beta", "");
  expect(await groups()).toEqual(["South"]);
  expect((await stored("Beta"))?.groupId).toBeNull();
  const entries = await db().select().from(auditEntries).where(eq(auditEntries.action, "customer.update"));
  expect(entries).toMatchObject([
    { before: { group: "North" }, after: { group: "South" } },
    { before: { group: "North" }, after: { group: "" } },
  ]);
});

test("a group on which a role has a mark stays when the last customer leaves it", async () => {
  await add(oto, "Marked", "Kept");
  const kept = await groupIdOf("Kept");
  await addRole("Keeps", ["customers.view"], { "customers.view": [mark(kept)] });
  await edit(oto, "Marked", "");
  expect(await groups()).toContain("Kept");
  await edit(oto, "Marked", "kept");
  expect((await stored("Marked"))?.groupId).toBe(kept);
  await transaction((tx) => tx.delete(roleScopes).where(eq(roleScopes.type, kept)));
  await edit(oto, "Marked", "");
  expect(await groups()).not.toContain("Kept");
});

test("the list shows groups, filters by them and sorts by them; the detail names it", async () => {
  for (const [name, group] of [
    ["L1", "Zeta"],
    ["L2", "Alpha"],
    ["L3", ""],
  ])
    await add(oto, name ?? "", group);
  expect(await list(oto, { q: "L", sort: "group" })).toEqual(["L3: ", "L2: Alpha", "L1: Zeta"]);
  expect(await list(oto, { q: "L", group: await groupIdOf("Zeta") })).toEqual(["L1: Zeta"]);
  expect(await list(oto, { q: "L", group: "none" })).toEqual(["L3: "]);
  expect(await list(oto, { q: "L", group: "nonsense" })).toEqual([]);
  expect((await getCustomer((await stored("L1"))?.id ?? "")).group).toBe("Zeta");
});

test("groups are told only where the role covers a customer of them", async () => {
  await add(oto, "Seen", "Visible");
  await add(oto, "Hidden", "Invisible");
  actAs(await managing(only((await stored("Seen"))?.id ?? "")));
  expect((await listCustomerGroups()).map(({ name }) => name)).toEqual(["Visible"]);
});

test("an import makes and changes groups, without regard to case; without the column they stay", async () => {
  await add(oto, "Imp1", "Harbour");
  await add(oto, "Imp2", "Harbour");
  const csv = "name,group\nImp1,HARBOUR\nImp2,Quay\nImp3,quay\nImp4,";
  expect(await told(oto, csv)).toEqual(["unchanged", 'changed group: "Harbour" becomes "Quay"', "new", "new"]);
  expect(await apply(oto, csv)).toMatchObject({ status: "done", message: "2 customers added, 1 changed." });
  expect(await list(oto, { q: "Imp" })).toEqual(["Imp1: Harbour", "Imp2: Quay", "Imp3: Quay", "Imp4: "]);
  expect(await told(oto, "name,notes\nImp1,x")).toEqual(['changed notes: nothing becomes "x"']);
  await apply(oto, "name,notes\nImp1,x");
  expect(await apply(oto, "name,group\nImp1,")).toMatchObject({ status: "done" });
  expect(await groups()).not.toContain("Harbour");
  actAs(oto);
  const exported = await exportDoor(new Request("http://localhost/api/customers/export?q=Imp"), {
    params: Promise.resolve({}),
  });
  const text = await exported.text();
  expect(text).toContain("name,reference,group,notes,state");
  expect(text).toContain("Imp3,,Quay,,active");
  expect(await told(oto, text)).toEqual(["unchanged", "unchanged", "unchanged", "unchanged"]);
});

test("who covers chosen customers adds none that they could not see, and learns of no name", async () => {
  const acme = await customerNamed("Chosen One");
  await customerNamed("Secret Ltd");
  const who = await managing(only(acme.id));
  for (const name of ["Brand New", "Secret Ltd"]) {
    expect(await add(who, name)).toMatchObject({ status: "invalid", errors: { group: CHOSEN } });
    expect(await add(who, name, "Anything")).toMatchObject({ errors: { group: CHOSEN } });
    expect(await told(who, `name\n${name}`)).toEqual([`error ${CHOSEN}`]);
    expect(await told(who, `name,group\n${name},Anything`)).toEqual([`error ${CHOSEN}`]);
  }
  expect(await stored("Brand New")).toBeUndefined();
  expect(await groups()).not.toContain("Anything");
  expect(await told(who, "name,notes\nchosen one,x")).toEqual(['changed notes: nothing becomes "x"']);
});

test("who covers a group adds customers in it, and moves none out of it", async () => {
  await add(oto, "In1", "Mine");
  await add(oto, "Out1", "Theirs");
  const who = await managing([mark(await groupIdOf("Mine"))]);
  expect(await add(who, "In2")).toMatchObject({ errors: { group: CHOSEN } });
  expect(await add(who, "In2", "theirs")).toMatchObject({ errors: { group: CHOSEN } });
  expect(await add(who, "In2", "mine")).toMatchObject({ status: "done" });
  for (const group of ["", "Theirs", "Brand New"]) {
    expect(await edit(who, "In2", group)).toMatchObject({ status: "invalid", errors: { group: OUT } });
    expect(await told(who, `name,group\nIn2,${group}`)).toEqual([`error ${OUT}`]);
  }
  expect(await told(who, "name,group\nIn3,Mine\nIn4,Theirs\nOut1,Mine")).toEqual([
    "new",
    `error ${CHOSEN}`,
    "error A customer of this name exists.",
  ]);
  expect(await groups()).not.toContain("Brand New");
  expect((await stored("In2"))?.groupId).toBe(await groupIdOf("Mine"));
  expect(await apply(who, "name,group\nIn3,Mine")).toMatchObject({ status: "done" });
});

test("who covers all but some adds customers, and a name outside is taken like any other", async () => {
  const secret = await customerNamed("Vault");
  const who = await managing([...ALL, { type: null, elementId: secret.id, included: false }]);
  expect(await add(who, "Open", "Anywhere")).toMatchObject({ status: "done" });
  const taken = { status: "invalid", errors: { name: "A customer of this name exists." } };
  expect(await add(who, "vault")).toMatchObject(taken);
  expect(await add(who, "open")).toMatchObject(taken);
});

test("the second of two editors is told the group that is stored", async () => {
  await add(oto, "Twice", "First");
  const row = await stored("Twice");
  const values = { id: row?.id ?? "", version: 1, name: "Twice" };
  await submit(oto, updateCustomer, { ...values, group: "Second" });
  const late = await submit(oto, updateCustomer, { ...values, group: "Third" });
  expect(late.message).toContain('Stored now: Group "Second".');
  expect(await groups()).not.toContain("Third");
});
