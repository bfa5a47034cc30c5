import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "@/app/api/roles/elements/route";
import type { AggregateRight } from "@/lib/access/registry";
import { transaction } from "@/lib/db";
import { customerGroups, jobs } from "@/lib/db/schema/desk";
import { reports } from "@/lib/db/schema/reports";
import type { ElementPage } from "@/lib/roles/queries";
import type { NamedElement } from "@/lib/roles/wording";
import { actAs, type Person, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { addRole, only } from "./support/roles";

let ada: Person;
let rob: Person;
let typeId = "";
let first = "";

beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
  const acme = await customerNamed("Acme", { reference: "K-1" });
  const job = await jobOf(acme, "SRV-07", { host: "pve1" });
  const umbrella = await customerNamed("Umbrella");
  await jobOf(umbrella, "100%_done\\", {});
  [typeId, first] = [job.resourceTypeId, job.id];
  const rows = Array.from({ length: 250 }, (_, i) => ({
    customerId: umbrella.id,
    resourceTypeId: typeId,
    name: `${i % 2 ? "nas" : "NAS"}-${String(i).padStart(3, "0")}`,
  }));
  await transaction((tx) => tx.insert(jobs).values(rows));
  await addRole("Acme's", ["roles.manage", "resources.view", "customers.view"], { "customers.view": only(acme.id) });
  rob = await person("rob", "Acme's");
});
afterAll(closeTestDatabase);

type Params = { right: AggregateRight | "audit.view"; type?: string; search?: string; cursor?: string; all?: string };
async function ask(who: Person | null, params: Params): Promise<Response> {
  actAs(who);
  const address = `http://localhost/api/roles/elements?${new URLSearchParams(params)}`;
  return GET(new Request(address), { params: Promise.resolve({}) });
}
const page = async (who: Person, params: Params) => (await (await ask(who, params)).json()) as ElementPage;
const namesOf = ({ elements }: ElementPage) => elements.map(({ name }) => name);

test("elements come a page at a time, by name without regard to case, none twice and none left out", async () => {
  const seen: string[] = [];
  let cursor = "";
  for (const [size, count] of [
    [100, 252],
    [100, null],
    [52, null],
  ] as const) {
    const found = await page(ada, { right: "resources.view", cursor });
    expect(found).toMatchObject({ count });
    expect(found.elements).toHaveLength(size);
    seen.push(...namesOf(found));
    cursor = found.next ?? "";
  }
  expect(cursor).toBe("");
  expect(new Set(seen).size).toBe(252);
  expect(seen).toEqual(seen.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
});

test("each says what helps to tell it from others", async () => {
  const [server] = (await page(ada, { right: "resources.view", search: "srv-07" })).elements;
  expect(server).toEqual({ id: first, type: typeId, name: "SRV-07", detail: "Acme · pve1" });
  const [acme] = (await page(ada, { right: "customers.view", search: "acme" })).elements;
  expect(acme).toMatchObject({ type: "", name: "Acme", detail: "K-1" });
});

test.each([
  ["%", ["100%_done\\"]],
  ["_done\\", ["100%_done\\"]],
  ["NAS-00", Array.from({ length: 10 }, (_, i) => `${i % 2 ? "nas" : "NAS"}-00${i}`)],
  ["pve1", ["SRV-07"]],
  ["acme", ["SRV-07"]],
  ["nothing like this", []],
  ["' or true --", []],
  ["\0", null],
])("a search for %j finds exactly what contains it: in name, host or customer", async (search, names) => {
  const found = await page(ada, { right: "resources.view", search });
  if (names) expect(namesOf(found)).toEqual(names);
  expect(found.count).toBe(names?.length ?? 252);
});

test("all that matches is given at once, to be chosen", async () => {
  const found = (await (
    await ask(ada, { right: "resources.view", search: "nas-", all: "1" })
  ).json()) as NamedElement[];
  expect(found).toHaveLength(250);
  expect(found[0]).toEqual({
    id: expect.any(String),
    type: typeId,
    name: expect.stringMatching(/nas-/i),
    detail: "Umbrella",
  });
});

test("a type narrows it, the empty one means those without", async () => {
  const group = await transaction((tx) => tx.insert(customerGroups).values({ name: "Gold" }).returning());
  const gold = group[0]?.id ?? "";
  await customerNamed("Golden", { groupId: gold });
  expect(namesOf(await page(ada, { right: "customers.view", type: gold }))).toEqual(["Golden"]);
  expect(namesOf(await page(ada, { right: "customers.view", type: "" }))).toEqual(["Acme", "Umbrella"]);
  expect(namesOf(await page(ada, { right: "customers.view", type: "no such" }))).toEqual([]);
  expect(namesOf(await page(ada, { right: "resources.view", type: typeId, search: "srv" }))).toEqual(["SRV-07"]);
});

test("reports are elements too", async () => {
  await transaction((tx) => tx.insert(reports).values({ name: "Monthly", days: 30, createdBy: "ada" }));
  expect(await page(ada, { right: "reports.view" })).toMatchObject({
    elements: [{ name: "Monthly", type: "results" }],
  });
});

test("who looks finds only what their own role covers, of jobs also by their customer", async () => {
  for (const search of ["", "nas", "Umbrella", "SRV"]) {
    const found = await page(rob, { right: "resources.view", search });
    expect(namesOf(found).filter((name) => name !== "SRV-07")).toEqual([]);
    expect(found.count).toBe(search === "" || search === "SRV" ? 1 : 0);
  }
  const all = (await (await ask(rob, { right: "resources.view", all: "1" })).json()) as NamedElement[];
  expect(all.map(({ name }) => name)).toEqual(["SRV-07"]);
  expect(namesOf(await page(rob, { right: "customers.view" }))).toEqual(["Acme"]);
  expect(namesOf(await page(rob, { right: "reports.view" }))).toEqual([]);
});

test("closed to nobody known, to other roles, and to rights without elements; a made-up cursor is none", async () => {
  expect((await ask(null, { right: "resources.view" })).status).toBe(401);
  expect((await ask(await person("oto", "Operator"), { right: "resources.view" })).status).toBe(403);
  expect((await ask(ada, { right: "audit.view" })).status).toBe(400);
  for (const cursor of ["x", "~", `${"-".repeat(36)}~a`, "01920000-0000-7000-8000-000000000000"])
    expect((await page(ada, { right: "resources.view", cursor })).elements).toHaveLength(100);
});
