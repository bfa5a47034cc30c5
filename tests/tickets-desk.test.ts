import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { users } from "@/lib/db/schema/access";
import { deliveries, outgoing } from "@/lib/db/schema/outgoing";
import { overrides } from "@/lib/db/schema/overrides";
import { runObjects, runs } from "@/lib/db/schema/runs";
import { tickets } from "@/lib/db/schema/tickets";
import { jobMarks } from "@/lib/desk-overview/job-marks";
import { readListQuery, type SearchParams } from "@/lib/list";
import type { MailToSend } from "@/lib/outgoing/types";
import { createTicket, reopenTicket, resolveTicket, updateTicket } from "@/lib/tickets/actions";
import { draftTicket } from "@/lib/tickets/drafting";
import { ticketHistory } from "@/lib/tickets/history";
import { historyWords } from "@/lib/tickets/history-words";
import { findTargets, getTicket, listAssignees, listTickets, ticketFilters } from "@/lib/tickets/queries";
import { isLink, readTarget, withClosingNote, writeTarget } from "@/lib/tickets/rules";
import type { TicketSort } from "@/lib/tickets/types";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

let ada: Person;
let oto: Person;
let vi: Person;
let rea: Person;
/** An end user who covers one customer. */
let eve: Person;
let acme: { id: string };
let nightly: { id: string };
let other: { id: string };
let bad: { id: string };

beforeAll(async () => {
  await openTestDatabase();
  [ada, oto] = [await person("ada", "Admin"), await person("oto", "Operator")];
  [vi, rea] = [await person("vi", "Viewer"), await person("rea", "Reporter")];
  acme = await customerNamed("Acme");
  nightly = await jobOf(acme, "Nightly");
  other = await jobOf(await customerNamed("Beta"), "Copy");
  const rights = ["customers.view", "resources.view", "tickets.view", "tickets.manage", "overrides.view"] as const;
  await addRole("End user", rights, { "customers.view": only(acme.id), "resources.view": ALL });
  eve = await person("eve", "End user");
  bad = await runOf(nightly, "failed", 5, { message: "Disk is full" });
  const object = { runId: bad.id, position: 0, name: "VM-1", status: "warning" as const, message: "Slow" };
  await transaction((tx) =>
    tx
      .insert(runObjects)
      .values(object)
      .then(() => {}),
  );
});
afterAll(closeTestDatabase);
beforeEach(async () => {
  await transaction(async (tx) => {
    await tx.delete(tickets);
    await tx.delete(deliveries);
    await tx.update(outgoing).set({ smtpHost: "", webhookUrl: "", ticketRecipients: [] });
  });
});

type Values = Record<string, string | string[]>;
async function added(who: Person, values: Values = {}): Promise<string> {
  const state = await submit(who, createTicket, { kind: "ticket", title: "Disk full", body: "", ...values });
  expect(state).toMatchObject({ status: "done" });
  return (state.data as { id: string }).id;
}
const list = (params: SearchParams = {}) =>
  listTickets("ticket", readListQuery<TicketSort>(params, ["-created", "code", "title", "by"], ticketFilters));
const sent = () => db().select().from(deliveries).orderBy(asc(deliveries.kind), asc(deliveries.createdAt));

describe("a ticket from a run", () => {
  test("comes with what the run said, and remembers the run", async () => {
    actAs(oto);
    const draft = await draftTicket(bad.id);
    expect(draft).toMatchObject({
      title: "Nightly: Failed",
      targets: [{ kind: "job", id: nightly.id, label: "Acme: Nightly" }],
      runId: bad.id,
    });
    expect(draft?.body).toContain("Disk is full\n\nRun of 20");
    expect(draft?.body).toContain(`http://localhost/runs/${bad.id}`);
    const id = await added(oto, { run: bad.id, "scopes[]": [`job:${nightly.id}`, `customer:${acme.id}`] });
    actAs(vi);
    const { scopes } = await getTicket("ticket", id);
    expect(scopes.map(({ kind, run }) => [kind, run?.id])).toEqual([
      ["customer", undefined],
      ["job", bad.id],
    ]);
  });

  test("of an odd success says what is odd", async () => {
    const odd = [
      { kind: "size-drop", text: "12 GiB, usually 48 GiB." },
      { kind: "slow", text: "Took 9 h." },
    ];
    const run = await runOf(nightly, "success", 3, { odd });
    actAs(oto);
    const draft = await draftTicket(run.id);
    expect(draft?.title).toBe("Nightly: 12 GiB, usually 48 GiB");
    expect(draft?.body).toMatch(/^12 GiB, usually 48 GiB\.\nTook 9 h\.\n\nRun of 20/);
  });

  test("may be about one of its objects alone", async () => {
    actAs(oto);
    const draft = await draftTicket(bad.id, "VM-1");
    expect(draft).toMatchObject({ title: "Nightly, VM-1: Warning", targets: [{ kind: "object", object: "VM-1" }] });
    expect(await draftTicket(bad.id, "VM-2")).toBeNull();
    expect(await findTargets("vm")).toEqual([]);
    const found = await findTargets("vm", [nightly.id]);
    expect(found).toEqual([{ kind: "object", id: nightly.id, object: "VM-1", label: "Acme: Nightly, VM-1" }]);
    const id = await added(oto, { "scopes[]": found.map(writeTarget) });
    actAs(vi);
    expect((await getTicket("ticket", id)).scopes).toMatchObject([{ label: "Acme: Nightly, VM-1", object: "VM-1" }]);
  });

  test("is not made of runs, objects and jobs that the role does not cover", async () => {
    const hidden = await runOf(other, "failed", 3, { message: "Secret" });
    await transaction((tx) =>
      tx
        .insert(runObjects)
        .values({ runId: hidden.id, position: 0, name: "VM-9", status: "failed" })
        .then(() => {}),
    );
    actAs(eve);
    expect(await draftTicket(hidden.id)).toBeNull();
    expect(await draftTicket("nonsense")).toBeNull();
    expect(await findTargets("vm", [nightly.id, other.id])).toMatchObject([{ object: "VM-1" }]);
    const about = { kind: "ticket", title: "X", body: "", "scopes[]": [`job:${nightly.id}`] };
    expect(await submit(eve, createTicket, { ...about, run: hidden.id })).toMatchObject({ status: "refused" });
    const object = { ...about, "scopes[]": [`object:${other.id}:VM-9`] };
    expect(await submit(eve, createTicket, object)).toMatchObject({ status: "invalid" });
    expect(await db().$count(tickets)).toBe(0);
  });

  test("about more than eight customers is made", async () => {
    const many: string[] = [];
    for (let n = 0; n < 10; n++) many.push(`customer:${(await customerNamed(`Many ${n}`)).id}`);
    const id = await added(oto, { "scopes[]": many });
    actAs(vi);
    expect((await getTicket("ticket", id)).scopes).toHaveLength(10);
  });
});

describe("an assignee", () => {
  test("is somebody who may see tickets; who does not cover everything can only take them", async () => {
    await transaction((tx) =>
      tx
        .update(users)
        .set({ disabledAt: new Date() })
        .where(eq(users.username, "vi"))
        .then(() => {}),
    );
    actAs(oto);
    expect((await listAssignees()).map(({ username }) => username)).toEqual(["ada", "eve", "oto"]);
    await transaction((tx) =>
      tx
        .update(users)
        .set({ disabledAt: null })
        .then(() => {}),
    );
    actAs(eve);
    expect((await listAssignees()).map(({ username }) => username)).toEqual(["eve"]);
    const about = { "scopes[]": [`customer:${acme.id}`] };
    const refused = await submit(eve, createTicket, {
      kind: "ticket",
      title: "X",
      body: "",
      assignee: oto.id,
      ...about,
    });
    expect(refused).toMatchObject({ errors: { assignee: "Choose somebody from the list." } });
    const reporter = await submit(oto, createTicket, { kind: "ticket", title: "X", body: "", assignee: rea.id });
    expect(reporter).toMatchObject({ errors: { assignee: "Choose somebody from the list." } });
    await added(eve, { assignee: eve.id, ...about });
  });

  test("finds their own, and keeps what a colleague who may not give it changes", async () => {
    const about = { "scopes[]": [`customer:${acme.id}`] };
    const id = await added(ada, { assignee: oto.id, ...about });
    await added(ada, { title: "Nobody's" });
    actAs(oto);
    expect((await list({ assignee: "me" })).rows.map(({ title }) => title)).toEqual(["Disk full"]);
    expect((await list({ assignee: "nobody" })).rows.map(({ title }) => title)).toEqual(["Nobody's"]);
    const change = { id, version: 1, title: "Disk is full", body: "", assignee: oto.id };
    expect(await submit(eve, updateTicket, change)).toMatchObject({ status: "done" });
    actAs(vi);
    expect(await getTicket("ticket", id)).toMatchObject({ title: "Disk is full", assignee: "oto", version: 2 });
  });
});

describe("a link elsewhere", () => {
  test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "/here", "ftp://x.example", "mailto:a@b.c"])(
    "%j is refused",
    async (external_url) => {
      const state = await submit(oto, createTicket, { kind: "ticket", title: "X", body: "", external_url });
      expect(state).toMatchObject({ errors: { external_url: expect.stringContaining("https://") } });
      expect(isLink(external_url)).toBe(false);
    },
  );

  test("is stored with its code, and found by it", async () => {
    const id = await added(oto, { external_code: "INC-77", external_url: "https://desk.example/INC-77" });
    actAs(vi);
    expect(await getTicket("ticket", id)).toMatchObject({ externalCode: "INC-77" });
    expect((await list({ q: "inc-77" })).rows).toHaveLength(1);
  });
});

describe("who is told outside", () => {
  const settings = {
    smtpHost: "mail.example.org",
    fromAddress: "desk@example.org",
    ticketRecipients: ["a@example.org"],
  };
  const allOn = () =>
    transaction((tx) =>
      tx
        .update(outgoing)
        .set({ ...settings, webhookUrl: "https://hooks.example/x" })
        .then(() => {}),
    );

  test("nobody, while the account says so", async () => {
    await added(oto);
    expect(await sent()).toEqual([]);
  });

  test("of each step, with what leads to the ticket and nothing of its text", async () => {
    await allOn();
    const id = await added(oto, { body: "The password is hunter2", "scopes[]": [`job:${nightly.id}`] });
    await submit(oto, resolveTicket, { id, note: "Secret note" });
    await submit(oto, reopenTicket, { id });
    const rows = await sent();
    expect(rows.map(({ kind, about }) => [kind, about])).toEqual([
      ...["created", "resolved", "reopened"].map((step) => ["mail", `Ticket T-1001 was ${step}`]),
      ...["created", "resolved", "reopened"].map((step) => ["webhook", `Ticket T-1001 was ${step}`]),
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/hunter2|Secret note/);
    const mail = rows[0]?.content as MailToSend;
    expect(mail).toMatchObject({ to: ["a@example.org"], subject: "[T-1001] Disk full (created)" });
    expect(mail.text).toContain("Customers: Acme\nJobs: Nightly");
    expect(rows[4]?.content).toEqual({
      event: "ticket.resolved",
      body: { code: "T-1001", title: "Disk full", customers: ["Acme"], jobs: ["Nightly"], link: null },
    });
    // Whoever manages settings may cover nothing.
    expect(rows.map(({ about }) => about).join()).not.toMatch(/Acme|Disk/);
  });

  test("not of remarks, and not of what was refused", async () => {
    await allOn();
    await added(oto, { kind: "remark" });
    await submit(oto, createTicket, { kind: "ticket", title: "", body: "" });
    await submit(eve, createTicket, { kind: "ticket", title: "About all", body: "" });
    expect(await sent()).toEqual([]);
  });
});

describe("closing", () => {
  test("adds the note to the text, once", async () => {
    const id = await added(oto, { body: "Disk ordered." });
    expect(await submit(oto, resolveTicket, { id, note: "Replaced." })).toMatchObject({ status: "done" });
    actAs(vi);
    const { body, version } = await getTicket("ticket", id);
    expect(body).toMatch(/^Disk ordered\.\n\nClosed by oto on \d{4}-\d\d-\d\d: Replaced\.$/);
    expect(version).toBe(2);
    const late = await submit(ada, updateTicket, { id, version: 1, title: "Mine", body: "Mine" });
    expect(late).toMatchObject({ status: "refused", message: expect.stringContaining("oto changed this ticket") });
    const long = await added(oto, { body: "x".repeat(9990) });
    expect(await submit(oto, resolveTicket, { id: long, note: "y".repeat(50) })).toMatchObject({
      errors: { note: expect.stringContaining("too long") },
    });
    expect(withClosingNote("", "", "oto", "2026-01-01")).toBe("");
  });
});

test("the history is told in words, to those who may read the audit log", async () => {
  const id = await added(oto, { body: "a" });
  await submit(oto, updateTicket, { id, version: 1, title: "Disk full", body: "b", assignee: ada.id });
  await submit(oto, resolveTicket, { id, note: "Replaced." });
  await submit(ada, reopenTicket, { id });
  await submit(ada, reopenTicket, { id });
  actAs(ada);
  const entries = await ticketHistory(id);
  expect(entries.map((entry) => `${entry.actor}: ${historyWords(entry)}`)).toEqual([
    "oto: Created",
    "oto: Changed: Text, Assignee (ada)",
    "oto: Closed: Replaced.",
    "ada: Reopened",
  ]);
  expect(await ticketHistory("nonsense")).toEqual([]);
  actAs(oto);
  await expect(ticketHistory(id)).rejects.toEqual(new Interrupt("forbidden"));
});

test("jobs carry marks of open tickets, remarks and active overrides, as far as the role may see them", async () => {
  const done = await added(oto, { "scopes[]": [`job:${nightly.id}`] });
  await submit(oto, resolveTicket, { id: done });
  await added(oto, { "scopes[]": [`job:${nightly.id}`, `object:${nightly.id}:VM-1`, `job:${other.id}`] });
  await added(oto, { kind: "remark", "scopes[]": [`job:${nightly.id}`] });
  await added(oto, { "scopes[]": [`customer:${acme.id}`] });
  const facts = { statuses: ["failed" as const], reason: "r", createdBy: "oto", startsAt: new Date(0) };
  await transaction(async (tx) => {
    await tx.insert(overrides).values({ ...facts, scope: "customer", customerId: acme.id });
    await tx.insert(overrides).values({ ...facts, scope: "global", endsAt: new Date(1000) });
  });
  const both = [nightly.id, other.id];
  actAs(ada);
  expect(await jobMarks(both)).toEqual({
    [nightly.id]: { tickets: 1, remarks: 1, overrides: 1 },
    [other.id]: { tickets: 1, remarks: 0, overrides: 0 },
  });
  actAs(eve);
  expect(Object.keys(await jobMarks(both))).toEqual([nightly.id]);
  await addRole("Jobs alone", ["customers.view", "resources.view"]);
  const ned = await person("ned", "Jobs alone");
  actAs(ned);
  expect(await jobMarks(both)).toEqual({});
  expect(await jobMarks([])).toEqual({});
  await transaction((tx) =>
    tx
      .delete(runs)
      .where(eq(runs.id, bad.id))
      .then(() => {}),
  );
});

test("an object is written with its job, whatever its name holds", () => {
  const id = "0197f0a0-0000-7000-8000-000000000000";
  const odd = { kind: "object", id, object: "a:b\nc" } as const;
  expect(readTarget(writeTarget(odd))).toEqual(odd);
  expect([readTarget(`object:${id}:`), readTarget(`object:${id}: `), readTarget("object:1:x")]).toEqual([
    null,
    null,
    null,
  ]);
});
