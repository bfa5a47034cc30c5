import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Right } from "@/lib/access/registry";
import * as customerActions from "@/lib/customers/actions";
import { db } from "@/lib/db";
import * as filing from "@/lib/filing/actions";
import * as editing from "@/lib/filing/editing/actions";
import * as merging from "@/lib/filing/merging/actions";
import { keyValue } from "@/lib/filing/merging/schema";
import * as jobActions from "@/lib/jobs/actions";
import * as overrideActions from "@/lib/overrides/actions";
import * as reportActions from "@/lib/reports/actions";
import * as checks from "@/lib/run-checks/actions";
import * as ticketActions from "@/lib/tickets/actions";
import { type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { addRole } from "./support/roles";
import { overrideAt } from "./support/world-overrides";
import { buildWorld, CUSTOMERS, jobAt, mailAt, reportAt, runAt, scopedRoles, TYPES, ticketAt } from "./support/worlds";

vi.mock("@/lib/workers", () => import("./support/fast-workers"));

/** "North desk" covers Acme only, and one report. What it does not cover must not differ from what does not exist. */
const NOWHERE = "0193ab00-0000-7000-8000-00000000dead";
const DELTA = CUSTOMERS[3]?.id ?? "";
const version = 1;
const customer = { version, name: "Stolen", reference: "", notes: "" };
const job = { version, name: "Stolen", host: "", notes: "", type: TYPES[0]?.id ?? "", customer: "Acme" };
const report = { version, name: "Stolen", days: 3, customer: "" };
const ticket = { version, title: "Stolen", body: "" };
const override = {
  scope: "job",
  "statuses[]": ["failed"],
  match: "any",
  starts: new Date().toISOString().slice(0, 16),
  reason: "Stolen",
};
const key = { matchKey: "key-3-0", sender: "mail@c3.example" };
const until = new Date().toISOString();

type Act = Parameters<typeof submit>[1];
type Row = [act: Act, uncovered: string, form: (id: string) => Parameters<typeof submit>[2]];
/** Each action that takes the id of a row; one that is missing here fails the last test. */
const rows: Record<string, Row> = {
  updateCustomer: [customerActions.updateCustomer, DELTA, (id) => ({ ...customer, id })],
  deactivateCustomer: [customerActions.deactivateCustomer, DELTA, (id) => ({ id })],
  reactivateCustomer: [customerActions.reactivateCustomer, DELTA, (id) => ({ id })],
  updateJob: [editing.updateJob, jobAt(3, 0), (id) => ({ ...job, id })],
  archiveJob: [jobActions.archiveJob, jobAt(3, 0), (id) => ({ id })],
  restoreJob: [jobActions.restoreJob, jobAt(3, 0), (id) => ({ id })],
  mergeJob: [merging.mergeJob, jobAt(3, 0), (id) => ({ id, into: jobAt(0, 0) })],
  splitJob: [merging.splitJob, jobAt(3, 0), (id) => ({ id, name: "Stolen", "keys[]": [keyValue(key)] })],
  forgetKey: [merging.forgetKey, jobAt(3, 0), (id) => ({ id, match_key: key.matchKey, sender: key.sender })],
  moveKey: [
    merging.moveKey,
    jobAt(3, 0),
    (id) => ({ id, match_key: key.matchKey, sender: key.sender, into: jobAt(0, 0) }),
  ],
  reviewRuns: [checks.reviewRuns, runAt(3, 0, 0), (id) => ({ run: id })],
  undoReview: [checks.undoReview, runAt(3, 0, 2), (id) => ({ run: id })],
  updateTicket: [ticketActions.updateTicket, ticketAt(3), (id) => ({ ...ticket, id })],
  resolveTicket: [ticketActions.resolveTicket, ticketAt(3), (id) => ({ id })],
  reopenTicket: [ticketActions.reopenTicket, ticketAt(4), (id) => ({ id })],
  addScopes: [ticketActions.addScopes, ticketAt(4), (id) => ({ id, "scopes[]": [`customer:${CUSTOMERS[0]?.id}`] })],
  removeScope: [ticketActions.removeScope, ticketAt(3), (id) => ({ id, scope: id })],
  updateOverride: [
    overrideActions.updateOverride,
    overrideAt(2),
    (id) => ({ ...override, version, job: jobAt(0, 0), id }),
  ],
  endOverride: [overrideActions.endOverride, overrideAt(1), (id) => ({ id })],
  deleteOverride: [overrideActions.deleteOverride, overrideAt(2), (id) => ({ id })],
  updateReport: [reportActions.updateReport, reportAt(0), (id) => ({ ...report, id })],
  deleteReport: [reportActions.deleteReport, reportAt(0), (id) => ({ id })],
  scheduleReport: [
    reportActions.scheduleReport,
    reportAt(0),
    (id) => ({ id, version, every: "day", time: "07:00", recipients: "thief@example.org" }),
  ],
  sendReportNow: [reportActions.sendReportNow, reportAt(0), (id) => ({ id })],
};
/** The same rows named by other fields of a form. */
const others: Record<string, Row> = {
  "mergeJob into another": [merging.mergeJob, jobAt(3, 0), (id) => ({ id: jobAt(0, 0), into: id })],
  "moveKey to another": [
    merging.moveKey,
    jobAt(3, 0),
    (id) => ({ id: jobAt(0, 0), match_key: "key-0-0", sender: "mail@c0.example", into: id }),
  ],
  "reviewRuns of a job": [checks.reviewRuns, jobAt(3, 0), (id) => ({ job: id, until })],
  "reviewRuns, several": [checks.reviewRuns, runAt(3, 1, 0), (id) => ({ "ids[]": [id] })],
  "undoReview, several": [checks.undoReview, runAt(3, 1, 2), (id) => ({ "ids[]": [id] })],
  "addScopes, a customer": [
    ticketActions.addScopes,
    DELTA,
    (id) => ({ id: ticketAt(0), "scopes[]": [`customer:${id}`] }),
  ],
  "addScopes, a job": [ticketActions.addScopes, jobAt(3, 0), (id) => ({ id: ticketAt(0), "scopes[]": [`job:${id}`] })],
  "createTicket about a job": [
    ticketActions.createTicket,
    jobAt(3, 0),
    (id) => ({ kind: "ticket", ...ticket, "scopes[]": [`job:${id}`] }),
  ],
  "createTicket about an object": [
    ticketActions.createTicket,
    jobAt(3, 0),
    (id) => ({ kind: "ticket", ...ticket, "scopes[]": [`object:${id}:object 3 0`] }),
  ],
  "createTicket of a run": [
    ticketActions.createTicket,
    runAt(3, 0, 0),
    (id) => ({ kind: "ticket", ...ticket, "scopes[]": [`job:${jobAt(0, 0)}`], run: id }),
  ],
  "createOverride of a job": [overrideActions.createOverride, jobAt(3, 0), (id) => ({ ...override, job: id })],
  "createOverride of a customer": [
    overrideActions.createOverride,
    DELTA,
    (id) => ({ ...override, scope: "customer", customer: id }),
  ],
  "createReport about a customer": [reportActions.createReport, DELTA, (id) => ({ ...report, customer: id })],
  "updateReport about a customer": [
    reportActions.updateReport,
    DELTA,
    (id) => ({ ...report, id: reportAt(2), customer: id }),
  ],
  "approveMail to a job": [filing.approveMail, jobAt(3, 0), (id) => ({ mail: mailAt(0), customer: "Acme", job: id })],
};
/** They name no row that a role covers or not, beside those of `others`. */
const elsewhere = [
  "createCustomer",
  "importCustomers",
  "createTicket",
  "createOverride",
  "createReport",
  "approveMail",
  "approveSuggested",
];

let desk: Person;
beforeAll(async () => {
  await openTestDatabase();
  await buildWorld();
  await person("boss", "Admin");
  const role = scopedRoles.find(({ name }) => name === "North desk");
  await addRole("North desk", (role?.rights ?? []) as Right[], role?.marks);
});
beforeEach(async () => {
  desk = await person(`desk${Math.random()}`, "North desk");
});
afterAll(closeTestDatabase);

const tables = [
  "customers",
  "jobs",
  "runs",
  "tickets",
  "ticket_scopes",
  "reports",
  "mails",
  "job_keys",
  "run_objects",
].concat("overrides");
async function digest(): Promise<unknown> {
  const parts = tables.map(
    (name) =>
      sql`select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as sum from ${sql.identifier(name)} t`,
  );
  return db()
    .select({ sum: sql`sum` })
    .from(sql`(${sql.join(parts, sql` union all `)}) as sums`);
}

async function told(act: Act, form: Parameters<typeof submit>[2], id: string): Promise<string> {
  const state = await submit(desk, act, form).catch((error: unknown) => ({ error: String(error) }));
  return JSON.stringify({ ...state, at: 0, values: {} }).replaceAll(id, "<id>");
}

test.each(Object.entries({ ...rows, ...others }))(
  "%s of a row that is not covered is as if there were none",
  async (_name, [act, id, form]) => {
    const before = await digest();
    const uncovered = await told(act, form(id), id);
    const absent = await told(act, form(NOWHERE), NOWHERE);
    expect(uncovered).toBe(absent);
    expect(uncovered).not.toMatch(/Delta|Job \d of Delta|Note [34]|Report 0/);
    expect(await digest()).toEqual(before);
  },
);

test("every action on rows of the desk stands in these tables", () => {
  const all = [
    customerActions,
    jobActions,
    checks,
    ticketActions,
    overrideActions,
    reportActions,
    filing,
    editing,
    merging,
  ].flatMap(Object.keys);
  expect(all.sort()).toEqual([...Object.keys(rows), ...elsewhere].sort());
});

test("an administrator changes these rows: the forms are not at fault", async () => {
  const before = await digest();
  const boss = await person("chief", "Admin");
  for (const name of ["updateCustomer", "archiveJob", "reviewRuns", "resolveTicket", "updateReport"]) {
    const [act, id, form] = rows[name] as Row;
    expect(await submit(boss, act, form(id)), name).toMatchObject({ status: "done" });
  }
  expect(await digest()).not.toEqual(before);
});
