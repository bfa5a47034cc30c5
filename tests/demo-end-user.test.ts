import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listCustomers } from "@/lib/customers/queries";
import { dailyFigures } from "@/lib/dashboard/queries";
import { db } from "@/lib/db";
import { customers, jobs } from "@/lib/db/schema/desk";
import { fillDemo } from "@/lib/demo/fill";
import { listJobs } from "@/lib/jobs/queries";
import { readListQuery } from "@/lib/list";
import { listReports } from "@/lib/reports/queries";
import { listTickets } from "@/lib/tickets/queries";
import { actAs, person } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

beforeAll(openTestDatabase);
afterAll(closeTestDatabase);

test("the end user of the demo sees the hospital, its machines and its report, and not a number more", async () => {
  await fillDemo(new Date("2026-11-18T09:30:00Z"));
  const [hospital] = await db().select().from(customers).where(eq(customers.name, "Saint Aldric Hospital"));
  const own = await db().$count(jobs, eq(jobs.customerId, hospital?.id ?? ""));
  actAs(await person("eve", "End User Saint Aldric Hospital"));
  const rows = (await listCustomers(readListQuery({}, ["name"]))).rows;
  expect(rows.map(({ name, jobs }) => [name, jobs])).toEqual([["Saint Aldric Hospital", own]]);
  expect(own).toBeGreaterThan(0);
  expect((await listJobs(readListQuery({}, ["name"]))).rows.length).toBe(own);
  const reports = (await listReports(readListQuery({}, ["name"]))).rows;
  expect(reports.map(({ name }) => name)).toEqual(["Quarterly review: Saint Aldric Hospital"]);
  for (const { scopes } of (await listTickets("ticket", readListQuery({}, ["created"]))).rows) {
    expect(scopes.every(({ label }) => label.startsWith("Saint Aldric Hospital"))).toBe(true);
  }
  const last = (await dailyFigures()).at(-2);
  expect((last?.counts.success ?? 0) + (last?.counts.warning ?? 0) + (last?.counts.failed ?? 0)).toBeLessThanOrEqual(
    own * 4,
  );
}, 120_000);
