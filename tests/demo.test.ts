import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyPassword } from "@/lib/auth/passwords";
import { listCustomers } from "@/lib/customers/queries";
import { dailyFigures } from "@/lib/dashboard/queries";
import { db } from "@/lib/db";
import { assignments, auditEntries, roles, users } from "@/lib/db/schema/access";
import { customers, jobKeys, jobs } from "@/lib/db/schema/desk";
import { mails } from "@/lib/db/schema/mails";
import { overrides } from "@/lib/db/schema/overrides";
import { reports } from "@/lib/db/schema/reports";
import { runs } from "@/lib/db/schema/runs";
import { tickets } from "@/lib/db/schema/tickets";
import { FILLED, fillDemo } from "@/lib/demo/fill";
import { listJobs } from "@/lib/jobs/queries";
import { readListQuery } from "@/lib/list";
import { listReports } from "@/lib/reports/queries";
import { listTickets } from "@/lib/tickets/queries";
import { actAs, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

const now = new Date("2026-11-18T09:30:00Z");
const count = sql<number>`count(*)::int`;

beforeAll(async () => {
  await openTestDatabase();
  await fillDemo(now);
});
afterAll(closeTestDatabase);

test("the sample is a service desk of 40 customers, 300 jobs and 90 nights, mostly green", async () => {
  expect([await db().$count(customers), await db().$count(jobs), await db().$count(reports)]).toEqual([40, 300, 3]);
  const byStatus = await db().select({ status: runs.status, count }).from(runs).groupBy(runs.status);
  const total = byStatus.reduce((sum, entry) => sum + entry.count, 0);
  const share = (status: string) => (byStatus.find((entry) => entry.status === status)?.count ?? 0) / total;
  expect(total).toBeGreaterThan(25_000);
  expect(total).toBeLessThan(29_000);
  expect(share("success")).toBeCloseTo(0.9, 1);
  expect(share("warning")).toBeGreaterThan(0.04);
  expect(share("failed")).toBeGreaterThan(0.03);
  const [span] = await db()
    .select({ days: sql<number>`extract(day from max(${runs.ranAt}) - min(${runs.ranAt}))::int` })
    .from(runs);
  expect(span?.days).toBeGreaterThanOrEqual(88);
});

test("only the last night waits for review, and nothing lies in the future", async () => {
  const [waiting] = await db()
    .select({ count, first: sql<string>`min(${runs.ranAt})::text` })
    .from(runs)
    .where(isNull(runs.reviewedAt));
  expect(waiting?.count).toBeGreaterThan(250);
  expect(new Date(waiting?.first ?? 0).getTime()).toBeGreaterThanOrEqual(Date.parse("2026-11-17T18:00:00Z"));
  const late = sql`greatest(${runs.ranAt}, ${runs.endedAt}, ${runs.reviewedAt}) > ${now.toISOString()}::timestamptz`;
  expect(await db().$count(runs, late)).toBe(0);
});

test("what did not come is missed, what is smaller than ever is odd, and what the desk lives with is overridden", async () => {
  const missed = eq(runs.status, "missed");
  const waiting = await db().$count(runs, and(missed, isNull(runs.reviewedAt)));
  const reviewed = await db().$count(runs, and(missed, isNotNull(runs.reviewedAt)));
  expect(waiting).toBeGreaterThan(0);
  // One start in 125 fails to happen: about 50 in three weeks of 300 jobs.
  expect(reviewed).toBeGreaterThan(10);
  expect(waiting + reviewed).toBeLessThan(110);
  const odd = await db()
    .select({ kind: sql<string>`${runs.odd} -> 0 ->> 'kind'`, count })
    .from(runs)
    .where(and(eq(runs.status, "success"), isNull(runs.reviewedAt), sql`${runs.odd} <> '[]'`))
    .groupBy(sql`1`);
  expect(odd.map(({ kind }) => kind).sort()).toEqual(["objects-gone", "size-drop"]);
  for (const entry of odd) expect(entry.count).toBeLessThan(12);
  const active = await db()
    .select({ id: overrides.id })
    .from(overrides)
    .where(sql`${overrides.endsAt} is null or ${overrides.endsAt} > ${now.toISOString()}`);
  expect(active.length).toBe(4);
  for (const { id } of active) expect(await db().$count(runs, eq(runs.overrideId, id))).toBeGreaterThan(0);
  expect(await db().$count(jobs, isNotNull(jobs.learned))).toBeGreaterThan(270);
});

test("every mail of the last night was read, and has the key by which the next mail of its job is known", async () => {
  const known = await db()
    .select({ kind: mails.kind, count })
    .from(mails)
    .innerJoin(jobKeys, and(eq(jobKeys.matchKey, mails.matchKey), eq(jobKeys.sender, mails.fromAddress)))
    .where(eq(jobKeys.jobId, mails.jobId))
    .groupBy(mails.kind);
  expect(known).toEqual([{ kind: "run", count: await db().$count(mails, isNotNull(mails.jobId)) }]);
  expect(await db().$count(runs, isNotNull(runs.mailId))).toBe(known[0]?.count);
});

test("the inbox holds mails of every kind, and some were deleted", async () => {
  const waiting = await db()
    .select({ kind: mails.kind, count })
    .from(mails)
    .where(and(isNull(mails.jobId), isNull(mails.deletedAt)))
    .groupBy(mails.kind);
  expect(waiting.map(({ kind }) => kind).sort()).toEqual(["info", "run", "unknown", "unreadable"]);
  expect(waiting.reduce((sum, entry) => sum + entry.count, 0)).toBe(15);
  expect(await db().$count(mails, isNotNull(mails.deletedAt))).toBe(4);
});

test("tickets are counted from 1001 without gaps; the newer ones are open", async () => {
  const numbers = await db()
    .select({ number: tickets.number, createdAt: tickets.createdAt })
    .from(tickets)
    .where(isNotNull(tickets.number))
    .orderBy(tickets.createdAt);
  expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, index) => 1001 + index));
  expect(await db().$count(tickets, isNull(tickets.resolvedAt))).toBeGreaterThan(5);
});

test("there are people of all four roles, and none of them can sign in", async () => {
  const held = await db()
    .selectDistinct({ role: roles.builtIn })
    .from(assignments)
    .innerJoin(roles, eq(roles.id, assignments.roleId))
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(eq(users.passwordHash, ""));
  expect(held.map(({ role }) => role).sort()).toEqual(["admin", "operator", "reporter", "viewer"]);
  expect(await verifyPassword("", "")).toBe(false);
});

test("the end user of the demo sees the hospital, its machines and its report, and not a number more", async () => {
  const [hospital] = await db().select().from(customers).where(eq(customers.name, "Saint Aldric Hospital"));
  const own = await db().$count(jobs, eq(jobs.customerId, hospital?.id ?? ""));
  actAs(await person("eve", "End User Saint Aldric Hospital"));
  const rows = (await listCustomers(readListQuery({}, ["name"]))).rows;
  expect(rows.map(({ name, jobs }) => [name, jobs])).toEqual([["Saint Aldric Hospital", own]]);
  expect(own).toBeGreaterThan(0);
  expect((await listJobs(readListQuery({}, ["name"]))).rows.length).toBe(own);
  const saved = (await listReports(readListQuery({}, ["name"]))).rows;
  expect(saved.map(({ name }) => name)).toEqual(["Quarterly review: Saint Aldric Hospital"]);
  for (const { scopes } of (await listTickets("ticket", readListQuery({}, ["created"]))).rows) {
    expect(scopes.every(({ label }) => label.startsWith("Saint Aldric Hospital"))).toBe(true);
  }
  const last = (await dailyFigures()).at(-2);
  expect((last?.counts.success ?? 0) + (last?.counts.warning ?? 0) + (last?.counts.failed ?? 0)).toBeLessThanOrEqual(
    own * 4,
  );
});

test("a demo that stands is left as it is", async () => {
  expect(await fillDemo(new Date())).toEqual(
    (await db().select().from(auditEntries).where(eq(auditEntries.action, FILLED)))[0]?.at,
  );
  expect(await db().$count(customers)).toBe(40);
});

test("the demo does not touch an account that is in use", async () => {
  await closeTestDatabase();
  await openTestDatabase();
  await person("ada", "Admin");
  await expect(fillDemo(now)).rejects.toThrow("holds an account that is not a demo");
  expect(await db().$count(customers)).toBe(0);
});
