import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { resourceTypes } from "@/lib/db/schema/desk";
import { overrides } from "@/lib/db/schema/overrides";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { readListQuery } from "@/lib/list";
import { reviewRuns } from "@/lib/run-checks/actions";
import { countUnreviewed } from "@/lib/run-checks/counts";
import { listUnreviewed } from "@/lib/run-checks/queries";
import { checkFilters } from "@/lib/run-checks/rules";
import { actAs, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";
import { ALL, addRole } from "./support/roles";

let oto: Person;
let eve: Person;
beforeAll(async () => {
  await openTestDatabase();
  oto = await person("oto", "Operator");
  await addRole("Checks only", ["runs.view", "resources.view", "customers.view"], {
    "customers.view": ALL,
    "resources.view": ALL,
  });
  eve = await person("eve", "Checks only");
});
afterAll(closeTestDatabase);
beforeEach(() => transaction((tx) => tx.execute(sql`truncate customers, tickets, overrides cascade`)));

const list = async (params: Record<string, string> = {}, who = oto) => {
  actAs(who);
  return (await listUnreviewed(readListQuery<"position">(params, ["position"], checkFilters))).rows;
};
const counts = (params: Record<string, string> = {}, who = oto) => {
  actAs(who);
  return countUnreviewed(readListQuery(params, ["position"], checkFilters));
};
const names = (rows: { job: string }[]) => rows.map(({ job }) => job).sort();

async function overridden(job: { id: string }, reason: string) {
  const row = { scope: "job" as const, jobId: job.id, statuses: ["failed" as const], reason, startsAt: new Date(0) };
  const [made] = await transaction((tx) =>
    tx
      .insert(overrides)
      .values({ ...row, createdBy: "ada" })
      .returning({ id: overrides.id }),
  );
  return runOf(job, "failed", 1, { overrideId: made?.id ?? null });
}

async function ticketOf(job: { id: string }, values: Partial<typeof tickets.$inferInsert> = {}) {
  const [ticket] = await transaction((tx) =>
    tx
      .insert(tickets)
      .values({ kind: "ticket", title: "Full", createdBy: "ada", ...values })
      .returning(),
  );
  await transaction((tx) => tx.insert(ticketScopes).values({ ticketId: ticket?.id ?? "", jobId: job.id }));
}

/** Two customers, two kinds of software, two types; one run each but for the odd ones. */
async function desk() {
  const types = await db().select().from(resourceTypes).orderBy(resourceTypes.position).limit(2);
  const [acme, beta] = [await customerNamed("Acme"), await customerNamed("Beta")];
  const typed = (i: number) => ({ resourceTypeId: types[i]?.id ?? "" });
  const files = await jobOf(acme, "Files", { software: "Veeam", ...typed(0) });
  const mail = await jobOf(acme, "Mail", { software: "Duplicati", ...typed(1) });
  const vms = await jobOf(beta, "VMs", { software: "Veeam", ...typed(1) });
  await runOf(files, "success", 1, { odd: [{ kind: "slow", text: "Took 9 h." }] });
  await overridden(mail, "Waits for a new disk");
  await runOf(vms, "missed", 2);
  await ticketOf(vms);
  return { acme, beta, files, mail, vms, types };
}

test("each filter narrows the list, and each of its choices says how many one would see", async () => {
  const { acme, types } = await desk();
  expect(names(await list({ customer: acme.id }))).toEqual(["Files", "Mail"]);
  expect(names(await list({ software: "Veeam" }))).toEqual(["Files", "VMs"]);
  expect(names(await list({ type: types[1]?.id ?? "" }))).toEqual(["Mail", "VMs"]);
  expect(names(await list({ only: "odd" }))).toEqual(["Files"]);
  expect(names(await list({ only: "overridden" }))).toEqual(["Mail"]);
  expect(names(await list({ only: "ticket" }))).toEqual(["VMs"]);
  expect(names(await list({ only: "nonsense", customer: "x", type: "'" }))).toHaveLength(3);
  const all = await counts();
  expect(all).toMatchObject({ total: 3, only: { odd: 1, ticket: 1, overridden: 1 } });
  expect(all.byStatus).toEqual({ failed: 0, missed: 1, warning: 0, unknown: 0, success: 2, suspected: 0 });
  for (const [filter, choices] of [
    ["customer", all.customers],
    ["software", all.softwares],
    ["type", all.types],
  ] as const)
    for (const { value, count } of choices) expect(await list({ [filter]: value }), value).toHaveLength(count);
  expect(all.customers.map(({ label, count }) => [label, count])).toEqual([
    ["Acme", 2],
    ["Beta", 1],
  ]);
});

test("the numbers of a filter follow the other filters, not itself", async () => {
  const { acme } = await desk();
  const some = await counts({ customer: acme.id, status: "success" });
  expect(some.customers.map(({ label }) => label)).toEqual(["Acme"]);
  expect(some.byStatus).toMatchObject({ success: 2, missed: 0 });
  expect((await counts({ customer: acme.id })).customers.map(({ label }) => label)).toEqual(["Acme", "Beta"]);
  expect((await counts({ software: "Veeam", q: "files" })).softwares).toEqual([
    { value: "Veeam", label: "Veeam", count: 1 },
  ]);
});

test("an overridden run is a success that says why to who may see overrides", async () => {
  await desk();
  expect(await list({ only: "overridden" })).toMatchObject([
    { status: "success", override: { reason: "Waits for a new disk" } },
  ]);
  expect(await list({ only: "overridden" }, eve)).toMatchObject([{ status: "success", override: { reason: null } }]);
});

test("who may not see tickets is told of none, by no filter and no number", async () => {
  await desk();
  expect((await list({}, eve)).some(({ hasTicket }) => hasTicket)).toBe(false);
  expect(await list({ only: "ticket" }, eve)).toEqual([]);
  expect((await counts({}, eve)).only.ticket).toBe(0);
});

test("a resolved ticket and a remark are no open ticket", async () => {
  const { files, mail } = await desk();
  await ticketOf(files, { resolvedAt: new Date() });
  await ticketOf(mail, { kind: "remark" });
  expect(names(await list({ only: "ticket" }))).toEqual(["VMs"]);
});

test("what is odd is told in words", async () => {
  await desk();
  expect(await list({ only: "odd" })).toMatchObject([{ odd: ["Took 9 h."] }]);
});

test("what is only suspected stands last, counts apart, and is not marked with all of its job or customer", async () => {
  const { beta, vms } = await desk();
  const suspected = await runOf(vms, "missed", 3, { isSuspected: true });
  const rows = await list();
  expect(rows.at(-1)).toMatchObject({ id: suspected.id, isSuspected: true, jobTotal: 1, customerTotal: 1 });
  expect(rows.find(({ job, isSuspected }) => job === "VMs" && !isSuspected)).toMatchObject({ jobTotal: 1 });
  expect((await counts()).byStatus).toMatchObject({ missed: 1, suspected: 1 });
  expect(await list({ status: "suspected" })).toMatchObject([{ id: suspected.id }]);
  expect(await list({ status: "missed" })).toHaveLength(1);
  const until = new Date(Date.now() + 1000).toISOString();
  expect(await submit(oto, reviewRuns, { customer: beta.id, until })).toMatchObject({
    message: "1 run was marked as reviewed.",
  });
  expect(await list({ customer: beta.id })).toMatchObject([{ id: suspected.id }]);
  expect(await submit(oto, reviewRuns, { run: suspected.id })).toMatchObject({
    message: "1 run was marked as reviewed.",
  });
});

test("all of a customer are marked, but not those of another, nor one that came after the page was made", async () => {
  const { acme, mail } = await desk();
  const until = new Date().toISOString();
  await runOf(mail, "failed", 0, { createdAt: new Date(Date.now() + 1000) });
  expect(await submit(oto, reviewRuns, { customer: acme.id, until })).toMatchObject({
    message: "2 runs were marked as reviewed.",
  });
  expect(names(await list())).toEqual(["Mail", "VMs"]);
  expect(await submit(oto, reviewRuns, { customer: acme.id })).toMatchObject({ status: "invalid" });
});
