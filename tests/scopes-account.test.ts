import { eq, type SQL } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Access } from "@/lib/access/can";
import type { AggregateRight, Right } from "@/lib/access/registry";
import {
  coveredAccount,
  coveredTypes,
  coveredUsers,
  coversAccount,
  reportedCustomers,
  reportedJobs,
} from "@/lib/access/scope";
import { db, transaction } from "@/lib/db";
import { sessions, users } from "@/lib/db/schema/access";
import { customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { reports } from "@/lib/db/schema/reports";
import { readListQuery } from "@/lib/list";
import { createReport, updateReport } from "@/lib/reports/actions";
import { findReport, listReports } from "@/lib/reports/queries";
import { createTicket } from "@/lib/tickets/actions";
import { accessOf, actAs, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { ALL, addRole, type Marks, only } from "./support/roles";

/** What speaks of more than one row: reports, the whole account, types. */

let [acme, beta, acmeJob, betaJob] = ["", "", "", ""];
beforeAll(async () => {
  await openTestDatabase();
  const [first, second] = [await customerNamed("Acme"), await customerNamed("Beta")];
  [acme, beta] = [first.id, second.id];
  [acmeJob, betaJob] = [(await jobOf(first, "A")).id, (await jobOf(second, "B")).id];
});
afterAll(closeTestDatabase);

let n = 0;
async function somebody(rights: Right[], marks: Marks = {}) {
  const name = `role ${++n}`;
  await addRole(name, rights, marks);
  return person(`user${n}`, name);
}
const acting = async (rights: Right[], marks: Marks = {}): Promise<Access> => accessOf(await somebody(rights, marks));
const jobsOf = async (where: SQL) =>
  (
    await db()
      .select({ id: jobs.id })
      .from(jobs)
      .innerJoin(customers, eq(customers.id, jobs.customerId))
      .where(where)
      .orderBy(jobs.name)
  ).map(({ id }) => id);
const customersOf = async (where: SQL) =>
  (await db().select({ id: customers.id }).from(customers).where(where).orderBy(customers.name)).map(({ id }) => id);

const desk: Right[] = ["customers.view", "resources.view", "reports.view"];

test("reports count and name what the role covers, or with a right of its own everything", async () => {
  const limited = { "customers.view": only(acme) };
  const some = await acting(desk, limited);
  expect([await jobsOf(reportedJobs(some)), await customersOf(reportedCustomers(some))]).toEqual([[acmeJob], [acme]]);
  const all = await acting([...desk, "reports.figures"], limited);
  expect(await jobsOf(reportedJobs(all))).toEqual([acmeJob, betaJob]);
  expect(await customersOf(reportedCustomers(all))).toEqual([acme, beta]);
  const none = await acting(["customers.view", "resources.view", "reports.figures"]);
  expect([await jobsOf(reportedJobs(none)), await customersOf(reportedCustomers(none))]).toEqual([[], []]);
});

test("what is about the whole account is for who covers all customers, now and later", async () => {
  const whole = async (marks: Marks, rights = desk) => {
    const access = await acting(rights, marks);
    const rows = await customersOf(coveredAccount(access));
    expect(rows.length > 0).toBe(coversAccount(access));
    return coversAccount(access);
  };
  const excluded = { type: null, elementId: beta, included: false };
  expect(await whole({})).toBe(true);
  expect(await whole({ "customers.view": [...ALL, ...only(acme)] })).toBe(true);
  expect(await whole({ "customers.view": [...ALL, excluded] })).toBe(false);
  expect(await whole({ "customers.view": [...ALL, excluded, ...only(acme)] })).toBe(false);
  expect(await whole({ "customers.view": only(acme, beta) })).toBe(false);
  expect(await whole({}, ["resources.view"])).toBe(false);
  const ada = await person("ada", "Admin");
  expect(coversAccount(await accessOf(ada))).toBe(true);
  const roleId = await addRole("looked at", desk, { "customers.view": only(acme) });
  await transaction((tx) => tx.update(sessions).set({ previewRoleId: roleId }).where(eq(sessions.userId, ada.id)));
  expect(coversAccount(await accessOf(ada))).toBe(false);
});

test("types are those of which a new job would be covered; users are for who looks after them", async () => {
  const [first, second] = await db().select().from(resourceTypes).orderBy(resourceTypes.position);
  const typesOf = async (access: Access) =>
    (await db().select({ id: resourceTypes.id }).from(resourceTypes).where(coveredTypes(access))).map(({ id }) => id);
  const on = (type: string | undefined, included: boolean) => ({ type: type ?? "", elementId: null, included });
  const marked = (right: AggregateRight, marks: Marks[AggregateRight]) => acting(desk, { [right]: marks });
  expect(await typesOf(await marked("resources.view", [on(first?.id, true), ...only(betaJob)]))).toEqual([first?.id]);
  const others = await typesOf(await marked("resources.view", [...ALL, on(first?.id, false)]));
  expect(others).toContain(second?.id);
  expect(others).not.toContain(first?.id);
  const userCount = async (access: Access) => db().$count(users, coveredUsers(access));
  expect(await userCount(await acting(["audit.view"]))).toBe(0);
  expect(await userCount(await acting(["users.manage"]))).toBeGreaterThan(0);
});

test("a report that a role covers without its customer keeps the name to itself", async () => {
  await transaction((tx) =>
    tx.insert(reports).values({ name: "Quarter", days: 7, createdBy: "ada", customerId: beta }),
  );
  const [stored] = await db().select().from(reports);
  const id = stored?.id ?? "";
  const eve = await somebody([...desk, "reports.manage"], { "customers.view": only(acme), "reports.view": only(id) });
  actAs(eve);
  const found = async (q: string) =>
    (await listReports(readListQuery({ q }, ["name"]))).rows.map(({ customer }) => customer);
  expect(await found("")).toEqual([null]);
  expect(await found("Beta")).toEqual([]);
  expect((await findReport(id))?.report.customer).toBeNull();
  const table = (await findReport(id))?.document.sections.find(({ kind }) => kind === "table");
  expect(table?.kind === "table" && table.rows).toEqual([]);
  const changed = { id, version: 1, name: "Mine", days: 7, customer: "" };
  expect(await submit(eve, updateReport, changed)).toMatchObject({ status: "refused" });
  const made = { name: "New", days: 7, customer: "" };
  expect(await submit(eve, createReport, made)).toMatchObject({ status: "refused" });
  expect(await db().$count(reports)).toBe(1);
  expect(await submit(await person("bo", "Admin"), createReport, made)).toMatchObject({ status: "done" });
});

test("who covers chosen customers opens no ticket about the whole account", async () => {
  const eve = await somebody([...desk, "tickets.view", "tickets.manage"], { "customers.view": only(acme) });
  const ticket = { kind: "ticket", title: "Noise", body: "" };
  expect(await submit(eve, createTicket, ticket)).toMatchObject({ status: "invalid" });
  const about = async (customer: string) =>
    submit(eve, createTicket, { ...ticket, "scopes[]": [`customer:${customer}`] });
  expect(await about(beta)).toMatchObject({ status: "invalid" });
  expect(await about(acme)).toMatchObject({ status: "done" });
});
