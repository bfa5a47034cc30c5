import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET as exportDoor } from "@/app/api/customers/export/route";
import { POST as previewDoor } from "@/app/api/customers/import/route";
import { GET as namesDoor } from "@/app/api/customers/names/route";
import {
  createCustomer,
  deactivateCustomer,
  importCustomers,
  reactivateCustomer,
  updateCustomer,
} from "@/lib/customers/actions";
import { type CustomerSort, customerFilters, customerSorts, getCustomer, listCustomers } from "@/lib/customers/queries";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers } from "@/lib/db/schema/desk";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { readListQuery } from "@/lib/list";
import { actAs, Interrupt, type Person, person, request, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";

let oto: Person;
let vi: Person;
let rea: Person;
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
  vi = await person("vi", "Viewer");
  rea = await person("rea", "Reporter");
});
afterAll(closeTestDatabase);
beforeEach(async () => {
  await transaction(async (tx) => {
    await tx.execute(sql`truncate audit_entries`);
    await tx.update(customers).set({ deactivatedAt: new Date() });
  });
});

const list = (params: Record<string, string> = {}) =>
  listCustomers(readListQuery<CustomerSort>(params, customerSorts, customerFilters));
const audit = () => db().select().from(auditEntries).orderBy(asc(auditEntries.id));
const stored = async (name: string) => (await db().select().from(customers).where(eq(customers.name, name)))[0];

test("an operator adds a customer, and a name is taken without regard to case", async () => {
  expect(await submit(oto, createCustomer, { name: " Acme ", reference: "K-1", notes: "a\r\nb" })).toMatchObject({
    status: "done",
    message: "Customer Acme was added.",
  });
  expect(await stored("Acme")).toMatchObject({ reference: "K-1", notes: "a\nb" });
  expect(await audit()).toMatchObject([{ action: "customer.create", target: "Acme", actor: "oto", role: "Operator" }]);
  const again = await submit(oto, createCustomer, { name: "ACME", reference: "other" });
  expect(again).toMatchObject({
    status: "invalid",
    errors: { name: "A customer of this name exists." },
    values: { name: "ACME", reference: "other" },
  });
});

test("a name is needed, and what was typed stays", async () => {
  const state = await submit(oto, createCustomer, { name: "  ", reference: "K-2" });
  expect(state).toMatchObject({ status: "invalid", errors: { name: "Enter a name." }, values: { reference: "K-2" } });
  expect(await submit(oto, createCustomer, { name: "a".repeat(201) })).toMatchObject({ status: "invalid" });
});

test("two people edit the same customer: the second is told who changed what, and may save again", async () => {
  const { id, version } = await customerNamed("Shared", { reference: "old" });
  const olga = await person("olga", "Operator");
  await submit(olga, updateCustomer, { id, version, name: "Shared", reference: "hers", notes: "" });
  const second = await submit(oto, updateCustomer, { id, version, name: "Shared", reference: "his", notes: "call" });
  expect(second).toMatchObject({ status: "refused", values: { reference: "his", notes: "call" } });
  expect(second.message).toBe(
    'olga changed this customer meanwhile. Stored now: Reference "hers"; Notes empty. Save again to store yours instead.',
  );
  expect(await stored("Shared")).toMatchObject({ reference: "hers", version: version + 1 });
  await submit(oto, updateCustomer, { id, version: version + 1, name: "Shared", reference: "his", notes: "call" });
  expect(await stored("Shared")).toMatchObject({ reference: "his", notes: "call" });
  expect((await audit()).filter(({ outcome }) => outcome === "done").at(-1)).toMatchObject({
    action: "customer.update",
    before: { reference: "hers" },
    after: { reference: "his" },
  });
});

test("a customer is deactivated and reactivated, once each", async () => {
  const { id } = await customerNamed("Paused");
  expect(await submit(oto, deactivateCustomer, { id })).toMatchObject({ message: "Customer Paused was deactivated." });
  expect(await submit(oto, deactivateCustomer, { id })).toMatchObject({ status: "refused" });
  expect((await list()).rows).toEqual([]);
  expect((await list({ state: "deactivated", q: "paused" })).rows).toMatchObject([{ name: "Paused" }]);
  expect(await submit(oto, reactivateCustomer, { id })).toMatchObject({ message: "Customer Paused is active again." });
  expect(await submit(oto, reactivateCustomer, { id })).toMatchObject({ status: "refused" });
  expect((await audit()).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    "customer.deactivate done",
    "customer.deactivate refused",
    "customer.reactivate done",
    "customer.reactivate refused",
  ]);
});

test("who may not manage customers is refused, with one audit entry and nothing changed", async () => {
  const { id, version } = await customerNamed("Fixed");
  const tries = [
    () => submit(vi, createCustomer, { name: "New" }),
    () => submit(vi, updateCustomer, { id, version, name: "Other" }),
    () => submit(rea, deactivateCustomer, { id }),
    () => submit(vi, importCustomers, { csv: "name\nNew", mark: "" }),
  ];
  for (const attempt of tries) await expect(attempt()).rejects.toEqual(new Interrupt("forbidden"));
  expect((await audit()).map(({ outcome }) => outcome)).toEqual(Array(tries.length).fill("refused"));
  expect(await stored("Fixed")).toMatchObject({ version, deactivatedAt: null });
  expect(await stored("New")).toBeUndefined();
  actAs(rea);
  await expect(list()).rejects.toEqual(new Interrupt("forbidden"));
  await expect(getCustomer(id)).rejects.toEqual(new Interrupt("forbidden"));
});

test("the list tells jobs in use, how they ended last, and open tickets only to who may see them", async () => {
  const customer = await customerNamed("Mixed");
  const [a, b] = [await jobOf(customer, "A"), await jobOf(customer, "B")];
  await jobOf(customer, "Old", { archivedAt: new Date() });
  await runOf(a, "failed", 30);
  await runOf(a, "success", 2);
  await runOf(b, "warning", 3);
  await transaction(async (tx) => {
    const ticket = { kind: "ticket" as const, title: "Disk", createdBy: "oto" };
    const [open, done] = await tx
      .insert(tickets)
      .values([
        { ...ticket, number: 1 },
        { ...ticket, number: 2, resolvedAt: new Date() },
      ])
      .returning();
    for (const scope of [{ customerId: customer.id }, { jobId: a.id }])
      for (const made of [open, done]) await tx.insert(ticketScopes).values({ ticketId: made?.id ?? "", ...scope });
  });
  actAs(vi);
  expect((await list()).rows).toMatchObject([{ jobs: 2, success: 1, warning: 1, failed: 0, openTickets: 1 }]);
});

test("the list is searched by name and reference, sorted both ways, and paged", async () => {
  await transaction((tx) =>
    tx
      .insert(customers)
      .values(
        Array.from({ length: 60 }, (_, i) => ({ name: `Row ${String(i).padStart(2, "0")}`, reference: `R-${60 - i}` })),
      ),
  );
  actAs(vi);
  const first = await list();
  expect(first.rows.map(({ name }) => name).slice(0, 2)).toEqual(["Row 00", "Row 01"]);
  const next = await list({ after: `${first.next?.id}~${first.next?.value}` });
  expect(next.rows.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, i) => `Row ${50 + i}`));
  expect((await list({ sort: "-name" })).rows[0]?.name).toBe("Row 59");
  expect((await list({ sort: "reference" })).rows[0]?.reference).toBe("R-1");
  await jobOf((await stored("Row 20")) ?? { id: "" }, "Files");
  expect((await list({ sort: "-jobs" })).rows).toMatchObject([
    { name: "Row 20", jobs: 1 },
    ...Array(49).fill({ jobs: 0 }),
  ]);
  expect((await list({ q: "r-17" })).rows.map(({ name }) => name)).toEqual(["Row 43"]);
  expect((await list({ q: "%" })).rows).toEqual([]);
});

const preview = async (who: Person | null, csv: string) => {
  actAs(who);
  const headers = { origin: "http://localhost", host: "localhost" };
  const sent = new Request("http://localhost/api/customers/import", { method: "POST", body: csv, headers });
  const answer = await previewDoor(sent, { params: Promise.resolve({}) });
  return { status: answer.status, body: await answer.json() };
};

test("an import says line by line what it would do, and then does exactly that", async () => {
  await customerNamed("Known", { reference: "1", notes: "keep" });
  await customerNamed("Same", { reference: "2" });
  const csv = "\uFEFFName;Reference\r\nknown;'=9\r\nSAME;2\r\nFresh;3\r\n";
  const { status, body } = await preview(oto, csv);
  expect(status).toBe(200);
  expect(body.lines).toEqual([
    { line: 2, name: "known", result: "changed", detail: 'reference: "1" becomes "=9"' },
    { line: 3, name: "SAME", result: "unchanged", detail: "" },
    { line: 4, name: "Fresh", result: "new", detail: "" },
  ]);
  expect(await stored("Fresh")).toBeUndefined();
  expect(await submit(oto, importCustomers, { csv, mark: body.mark })).toMatchObject({
    status: "done",
    message: "1 customer added, 1 changed.",
  });
  expect(await stored("Known")).toMatchObject({ reference: "=9", notes: "keep", version: 2 });
  expect(await stored("Same")).toMatchObject({ version: 1 });
  expect(await audit()).toMatchObject([
    { action: "customer.import", target: "2 customers", after: { added: [{ name: "Fresh" }] } },
  ]);
});

test("a file with a wrong line is not imported at all", async () => {
  const csv = `name,reference\nGood,1\n,2\ngood,3\nLong,${"x".repeat(101)}\nWide,1,2\n`;
  const { body } = await preview(oto, csv);
  expect(body.lines.map(({ result, detail }: { result: string; detail: string }) => [result, detail])).toEqual([
    ["new", ""],
    ["error", "Enter a name."],
    ["error", "The same name stands on line 2."],
    ["error", "reference: At most 100 characters."],
    ["error", "It has more cells than the first line: put a text with commas in quotes."],
  ]);
  expect(await submit(oto, importCustomers, { csv, mark: body.mark })).toMatchObject({
    status: "refused",
    message: "Correct the lines with errors first.",
  });
  expect(await stored("Good")).toBeUndefined();
});

test("an import is refused when customers changed since its preview", async () => {
  const csv = "name\nRaced\n";
  const { body } = await preview(oto, csv);
  await customerNamed("RACED");
  expect(await submit(oto, importCustomers, { csv, mark: body.mark })).toMatchObject({ status: "refused" });
  expect((await preview(oto, csv)).body.lines).toMatchObject([{ result: "unchanged" }]);
});

test("a file that cannot be taken is refused in words", async () => {
  expect(await preview(oto, "")).toMatchObject({
    status: 422,
    body: { error: "The file has no lines below its head." },
  });
  expect((await preview(oto, "firm\nAcme\n")).body.error).toContain("The first line must name the columns");
  const many = `name\n${Array.from({ length: 5001 }, (_, i) => `N${i}`).join("\n")}`;
  expect((await preview(oto, many)).body.error).toBe("The file has 5001 lines; at most 5000 are taken at once.");
  expect(await preview(oto, "x".repeat(900_001))).toMatchObject({ status: 422 });
  expect(await preview(vi, "name\nA")).toMatchObject({ status: 403 });
  expect(await preview(null, "name\nA")).toMatchObject({ status: 401 });
});

test("the export holds what the list shows, is safe to open, and comes back unchanged", async () => {
  await customerNamed('=HYPERLINK("evil")', { reference: "+31 6", notes: "two\nlines; and, commas" });
  actAs(vi);
  const answer = await exportDoor(new Request("http://localhost/api/customers/export?q=evil"), {
    params: Promise.resolve({}),
  });
  expect(answer.headers.get("content-disposition")).toContain("customers.csv");
  const csv = await answer.text();
  expect(csv).toContain(`"'=HYPERLINK(""evil"")","'+31 6",,"two\nlines; and, commas",active`);
  expect((await preview(oto, csv)).body.lines).toMatchObject([{ result: "unchanged" }]);
});

test("names are suggested to who may see customers, without those that are deactivated", async () => {
  await customerNamed("Suggest me");
  await customerNamed("Suggest not", { deactivatedAt: new Date() });
  const ask = async (who: Person) => {
    actAs(who);
    return namesDoor(new Request("http://localhost/api/customers/names?q=SUGG"), { params: Promise.resolve({}) });
  };
  expect(await (await ask(vi)).json()).toEqual(["Suggest me"]);
  expect((await ask(rea)).status).toBe(403);
  expect(request.cookies.size).toBe(1);
});
