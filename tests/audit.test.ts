import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditDone } from "@/lib/audit";
import { auditCsv } from "@/lib/audit/csv";
import { type AuditSort, auditFilters, exportAudit, listAudit } from "@/lib/audit/queries";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers } from "@/lib/db/schema/desk";
import { readListQuery, type SearchParams } from "@/lib/list";
import { actAs, Interrupt, type Person, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

let ada: Person;
const machine = { id: null, name: "tests", role: "", address: "192.0.2.1" };

beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
  const records = Array.from({ length: 120 }, (_, i) => ({
    action: i % 2 ? "customer.create" : "job.create",
    target: `Number ${i}`,
  }));
  await transaction((tx) =>
    auditDone(tx, machine, [...records, { action: "customer.create", target: "=HYPERLINK(1)" }]),
  );
});
afterAll(closeTestDatabase);

const list = (params: SearchParams) => listAudit(readListQuery<AuditSort>(params, ["-at", "at"], auditFilters));

test("the log is paged by keyset, forwards and back, without loss or repetition", async () => {
  actAs(ada);
  const seen: string[] = [];
  let page = await list({});
  const first = page.rows.map(({ id }) => id);
  for (;;) {
    seen.push(...page.rows.map(({ id }) => id));
    if (!page.next) break;
    page = await list({ after: `${page.next.id}~${page.next.value}` });
  }
  expect(new Set(seen).size).toBe(121);
  while (page.previous) page = await list({ before: `${page.previous.id}~${page.previous.value}` });
  expect(page.rows.map(({ id }) => id)).toEqual(first);
});

test("filters narrow by area, outcome, day and words; wildcards are ordinary characters", async () => {
  actAs(ada);
  expect((await list({ action: "customer", q: "number 11" })).rows).toHaveLength(6);
  expect((await list({ q: "%" })).rows).toHaveLength(0);
  expect((await list({ outcome: "refused" })).rows).toHaveLength(0);
  expect((await list({ to: "2001-01-01" })).rows).toHaveLength(0);
  expect((await list({ from: "not a day", after: "x~y" })).rows).toHaveLength(50);
  expect(
    (await list({ after: `${"-".repeat(36)}~2026-01-01 00:00:00+00` })).rows,
    "an id by its length only",
  ).toHaveLength(50);
});

test("the export holds every entry, and no cell that a spreadsheet would calculate", async () => {
  actAs(ada);
  const csv = await new Response(
    auditCsv(exportAudit(readListQuery<AuditSort>({}, ["-at", "at"], auditFilters))),
  ).text();
  expect(csv.trimEnd().split("\r\n")).toHaveLength(122);
  expect(csv).toContain("'=HYPERLINK(1)");
});

test("a role without the right sees nothing of it", async () => {
  actAs(await person("vi", "Viewer"));
  await expect(list({})).rejects.toEqual(new Interrupt("forbidden"));
});

test("when the entry cannot be written, the change is not made", async () => {
  const before = await db().$count(customers);
  const attempt = transaction(async (tx) => {
    await tx.insert(customers).values({ name: "Never" });
    await auditDone(tx, machine, [{ action: "customer.create", target: null as unknown as string }]);
  });
  await expect(attempt).rejects.toThrow();
  expect(await db().$count(customers)).toBe(before);
});

test("an entry cannot be changed or removed", async () => {
  await expect(transaction((tx) => tx.update(auditEntries).set({ target: "another" }))).rejects.toThrow();
  await expect(transaction((tx) => tx.delete(auditEntries))).rejects.toThrow();
});

test("a write outside of a transaction is refused by the database itself", async () => {
  await expect(
    db().execute(sql`insert into customers (id, name) values (gen_random_uuid(), 'Loose')`),
  ).rejects.toThrow();
});
