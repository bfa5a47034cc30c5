import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { readListQuery, type SearchParams } from "@/lib/list";
import { addScopes, createTicket, removeScope, reopenTicket, resolveTicket, updateTicket } from "@/lib/tickets/actions";
import { findTargets, getTarget, getTicket, listTickets, ticketFilters } from "@/lib/tickets/queries";
import { nameOf, numberIn, readTarget } from "@/lib/tickets/rules";
import type { TicketSort } from "@/lib/tickets/types";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

let oto: Person;
let vi: Person;
let rea: Person;
let acme = "";
let job = "";

beforeAll(async () => {
  await openTestDatabase();
  [oto, vi, rea] = [await person("oto", "Operator"), await person("vi", "Viewer"), await person("rea", "Reporter")];
  await transaction(async (tx) => {
    const [type] = await tx.select().from(resourceTypes).limit(1);
    const [customer] = await tx.insert(customers).values({ name: "Acme Dental" }).returning();
    acme = customer?.id ?? "";
    await tx.insert(customers).values({ name: "Closed down", deactivatedAt: new Date() });
    const [made] = await tx
      .insert(jobs)
      .values({ customerId: acme, resourceTypeId: type?.id ?? "", name: "Nightly", host: "SRV-07" })
      .returning();
    job = made?.id ?? "";
  });
});
afterAll(closeTestDatabase);

const list = (params: SearchParams = {}, kind: "ticket" | "remark" = "ticket") =>
  listTickets(kind, readListQuery<TicketSort>(params, ["-created", "code", "title", "by"], ticketFilters));
const titles = async (params: SearchParams = {}) => (await list(params)).rows.map(({ title }) => title);
const auditOf = (action: string) => db().select().from(auditEntries).where(eq(auditEntries.action, action));

/** Adds one as oto. @returns its id. */
async function added(title: string, more: Record<string, string | string[]> = {}): Promise<string> {
  const kind = (more.kind as string) ?? "ticket";
  const state = await submit(oto, createTicket, { kind, title, body: "", ...more });
  expect(state).toMatchObject({ status: "done", message: expect.stringContaining(`${title} was added.`) });
  return (state.data as { id: string }).id;
}

describe("a ticket", () => {
  test("gets the next code, is tied to what was chosen, and is in the audit log", async () => {
    const first = await added("Disk full", { "scopes[]": [`job:${job}`] });
    const second = await added("Line down", { "scopes[]": [`customer:${acme}`] });
    actAs(oto);
    expect(await getTicket("ticket", first)).toMatchObject({
      number: 1001,
      createdBy: "oto",
      scopes: [{ kind: "job", id: job, label: "Acme Dental: Nightly" }],
    });
    expect(nameOf(await getTicket("ticket", second))).toBe("T-1002 Line down");
    expect(await auditOf("ticket.create")).toMatchObject([
      { actor: "oto", role: "Operator", target: "T-1001 Disk full", after: { about: ["Acme Dental: Nightly"] } },
      { target: "T-1002 Line down" },
    ]);
  });

  test("without a title, or about what does not exist, is not made and keeps what was typed", async () => {
    const empty = await submit(oto, createTicket, { kind: "ticket", title: "  ", body: "Long text" });
    expect(empty).toMatchObject({
      status: "invalid",
      errors: { title: "Enter a title." },
      values: { body: "Long text" },
    });
    const nowhere = ["customer:0197f0a0-0000-7000-8000-000000000000"];
    const lost = await submit(oto, createTicket, { kind: "ticket", title: "X", body: "", "scopes[]": nowhere });
    expect(lost).toMatchObject({ status: "invalid", errors: { scopes: expect.stringContaining("does not exist") } });
    const odd = await submit(oto, createTicket, { kind: "ticket", title: "X", body: "", "scopes[]": ["role:1"] });
    expect(odd).toMatchObject({ status: "invalid", errors: { scopes: "Choose a customer or a job from the list." } });
    expect(await db().$count(tickets)).toBe(2);
  });

  test("is resolved once, and can be reopened", async () => {
    const id = await added("Slow copy");
    expect(await submit(oto, resolveTicket, { id })).toMatchObject({
      status: "done",
      message: "T-1003 Slow copy is resolved.",
    });
    expect(await submit(oto, resolveTicket, { id })).toMatchObject({
      status: "refused",
      message: "oto has done this already.",
    });
    actAs(oto);
    expect(await titles()).not.toContain("Slow copy");
    expect(await titles({ state: "resolved" })).toEqual(["Slow copy"]);
    expect(await submit(oto, reopenTicket, { id })).toMatchObject({ status: "done" });
    expect(await submit(oto, reopenTicket, { id })).toMatchObject({ status: "refused" });
    expect(await auditOf("ticket.reopen")).toMatchObject([{ before: { resolvedBy: "oto" } }, { outcome: "refused" }]);
  });

  test("that somebody changed meanwhile is not overwritten; the second is told what is there now", async () => {
    const id = await added("Agent silent");
    expect(await submit(oto, updateTicket, { id, version: 1, title: "Agent is silent", body: "" })).toMatchObject({
      status: "done",
    });
    const second = await submit(oto, updateTicket, { id, version: 1, title: "Silent agent", body: "Mine" });
    expect(second).toMatchObject({ status: "refused", values: { title: "Silent agent", body: "Mine" } });
    expect(second.message).toContain('oto changed this ticket meanwhile. Stored now: Title "Agent is silent"');
    actAs(oto);
    expect(await getTicket("ticket", id)).toMatchObject({ title: "Agent is silent", version: 2 });
  });

  test("can be about more, and about less again", async () => {
    const id = await added("Moved office", { "scopes[]": [`customer:${acme}`] });
    expect(await submit(oto, addScopes, { id, "scopes[]": [`job:${job}`, `customer:${acme}`] })).toMatchObject({
      status: "done",
      message: "Now also about Acme Dental: Nightly.",
    });
    expect(await submit(oto, addScopes, { id, "scopes[]": [`job:${job}`] })).toMatchObject({ status: "invalid" });
    expect(await submit(oto, addScopes, { id })).toMatchObject({ errors: { scopes: "Choose a customer or a job." } });
    actAs(oto);
    const [first, second] = (await getTicket("ticket", id)).scopes;
    expect([first?.label, second?.label]).toEqual(["Acme Dental", "Acme Dental: Nightly"]);
    const scope = first?.scopeId ?? "";
    expect(await submit(oto, removeScope, { id, scope })).toMatchObject({ message: "No longer about Acme Dental." });
    expect(await submit(oto, removeScope, { id, scope })).toMatchObject({ status: "refused" });
    expect(await db().$count(ticketScopes, eq(ticketScopes.ticketId, id))).toBe(1);
  });
});

test("a remark has no code and an address of its own", async () => {
  const id = await added("Call before nine", { kind: "remark" });
  actAs(vi);
  expect(await getTicket("remark", id)).toMatchObject({ number: null, title: "Call before nine" });
  await expect(getTicket("ticket", id)).rejects.toEqual(new Interrupt("not-found"));
  await expect(getTicket("remark", "nonsense")).rejects.toEqual(new Interrupt("not-found"));
  expect((await list({}, "remark")).rows).toHaveLength(1);
});

test("lists find by code, words and what it is about, sort, and page", async () => {
  actAs(vi);
  expect(await titles({ q: "T-1002" })).toEqual(["Line down"]);
  expect(await titles({ q: "1002" })).toEqual(["Line down"]);
  expect(await titles({ q: "DISK" })).toEqual(["Disk full"]);
  expect(await titles({ q: "nightly" })).toEqual(["Moved office", "Disk full"]);
  expect(await titles({ q: "100%" })).toEqual([]);
  expect(await titles({ job })).toEqual(["Moved office", "Disk full"]);
  expect((await titles({ sort: "title" }))[0]).toBe("Agent is silent");
  expect((await titles({ sort: "-code" }))[0]).toBe("Moved office");
  await transaction((tx) =>
    tx.insert(tickets).values(
      Array.from({ length: 60 }, (_, n) => ({
        kind: "ticket" as const,
        number: 2000 + n,
        title: `Many ${n}`,
        createdBy: "oto",
      })),
    ),
  );
  const first = await list({ sort: "code" });
  expect(first.rows).toHaveLength(50);
  const second = await list({ sort: "code", after: `${first.next?.id}~${first.next?.value}` });
  expect(second.rows.map(({ number }) => number)).toEqual([...second.rows.map(({ number }) => number)].sort());
  expect(second.rows).toHaveLength(15);
  expect(second.previous).not.toBeNull();
});

test("what a ticket may be about is found by name and host, without what is closed", async () => {
  actAs(oto);
  expect(await findTargets("acme")).toEqual([
    { kind: "customer", id: acme, label: "Acme Dental" },
    { kind: "job", id: job, label: "Acme Dental: Nightly" },
  ]);
  expect(await findTargets("srv-07")).toMatchObject([{ kind: "job" }]);
  expect(await findTargets("closed")).toEqual([]);
  expect(await findTargets("acme", ["nonsense"])).toHaveLength(2);
  expect(await getTarget({ customer: acme })).toMatchObject({ label: "Acme Dental" });
  expect(await getTarget({ customer: "nonsense" })).toBeNull();
});

test("who may only look changes nothing, and each try is noted once", async () => {
  const before = await db().select().from(tickets);
  const id = before[0]?.id ?? "";
  const tries = [
    [createTicket, { kind: "ticket", title: "Mine", body: "" }, "ticket.create"],
    [updateTicket, { id, version: 1, title: "Mine", body: "" }, "ticket.update"],
    [removeScope, { id, scope: id }, "ticket.remove_scope"],
  ] as const;
  for (const [act, values, name] of tries) {
    const refused = async () =>
      (await auditOf(name)).filter(({ outcome, actor }) => outcome === "refused" && actor === "vi");
    await expect(submit(vi, act, values)).rejects.toEqual(new Interrupt("forbidden"));
    expect(await refused()).toMatchObject([{ role: "Viewer", reason: "needs tickets.manage" }]);
  }
  actAs(vi);
  await expect(findTargets("acme")).rejects.toEqual(new Interrupt("forbidden"));
  expect(await db().select().from(tickets)).toEqual(before);
});

test("a reporter sees no tickets at all", async () => {
  actAs(rea);
  await expect(list()).rejects.toEqual(new Interrupt("forbidden"));
  await expect(getTicket("ticket", job)).rejects.toEqual(new Interrupt("forbidden"));
});

test("people mean a code in several spellings, and a target only in one", () => {
  expect(["T-1001", "t1001", "1001", "T-", "disk"].map(numberIn)).toEqual([1001, 1001, 1001, null, null]);
  expect(readTarget("job:0197f0a0-0000-7000-8000-000000000000")).toMatchObject({ kind: "job" });
  expect([readTarget("job:1"), readTarget("user:0197f0a0-0000-7000-8000-000000000000"), readTarget("")]).toEqual([
    null,
    null,
    null,
  ]);
});
