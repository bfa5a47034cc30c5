import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as exportSaved } from "@/app/api/reports/[id]/csv/route";
import { GET as exportAny } from "@/app/api/reports/csv/route";
import { db, transaction } from "@/lib/db";
import { auditEntries, settings } from "@/lib/db/schema/access";
import { customers, jobs, resourceTypes } from "@/lib/db/schema/desk";
import { reports } from "@/lib/db/schema/reports";
import { runs } from "@/lib/db/schema/runs";
import { download } from "@/lib/door";
import { readListQuery } from "@/lib/list";
import { createReport, deleteReport, updateReport } from "@/lib/reports/actions";
import { readAsked } from "@/lib/reports/asked";
import { resultsOf } from "@/lib/reports/data/results";
import { findReport, generateReport, listReportChoices, listReports } from "@/lib/reports/queries";
import { daysOf, periodOf, presets, rateOf, readPeriod } from "@/lib/reports/rules";
import type { Asked, ReportDocument, ReportSort } from "@/lib/reports/types";
import { sumOf } from "@/lib/statuses";
import { accessOf, actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";

let ada: Person;
let rea: Person;
let vi: Person;
const ids = { acme: "", other: "" };
const october = { from: "2026-10-01", to: "2026-10-31" };

beforeAll(async () => {
  await openTestDatabase();
  [ada, rea, vi] = [await person("ada", "Admin"), await person("rea", "Reporter"), await person("vi", "Viewer")];
  await transaction(async (tx) => {
    await tx.update(settings).set({ timeZone: "Europe/Berlin" });
    const [type] = await tx.select().from(resourceTypes).limit(1);
    const job = async (customerId: string, name: string, archivedAt: Date | null = null) => {
      const createdAt = new Date("2026-01-01");
      const row = { customerId, resourceTypeId: type?.id ?? "", name, archivedAt, createdAt };
      const [made] = await tx.insert(jobs).values(row).returning();
      return made?.id ?? "";
    };
    const [acme] = await tx.insert(customers).values({ name: "=Acme" }).returning();
    const [other] = await tx.insert(customers).values({ name: "Other" }).returning();
    [ids.acme, ids.other] = [acme?.id ?? "", other?.id ?? ""];
    const nightly = await job(ids.acme, "Nightly");
    await job(ids.acme, "Silent");
    await job(ids.acme, "Gone", new Date("2026-09-01"));
    const files = await job(ids.other, "Files");
    await tx.insert(runs).values([
      // 23:30 UTC is already the first of October in Berlin, and 22:30 UTC of the last is November.
      { jobId: nightly, status: "success", ranAt: new Date("2026-09-30T22:30:00Z") },
      { jobId: nightly, status: "success", ranAt: new Date("2026-10-02T01:00:00Z") },
      { jobId: nightly, status: "failed", ranAt: new Date("2026-10-03T01:00:00Z") },
      { jobId: nightly, status: "success", ranAt: new Date("2026-10-31T23:30:00Z") },
      { jobId: files, status: "warning", ranAt: new Date("2026-10-02T03:00:00Z") },
    ]);
  });
});
afterAll(closeTestDatabase);

const resultsFor = (change: Partial<Asked> = {}): Asked => ({
  ...{ kind: "results", period: october, customerId: null, filters: {} },
  ...change,
});
/** The jobs that the table of a report names. */
const jobsIn = ({ sections }: ReportDocument) =>
  sections.flatMap((section) =>
    section.kind === "table" ? section.rows.flatMap((row) => (row.isHeading ? [] : (row.cells[1]?.text ?? ""))) : [],
  );
const list = (q = "") => listReports(readListQuery<ReportSort>({ q }, ["name", "days", "created"]));
const auditOf = (action: string) => db().select().from(auditEntries).where(eq(auditEntries.action, action));

describe("a report of a period", () => {
  test("counts runs on the days of the account's time zone, per job and per day", async () => {
    actAs(rea);
    const { jobs: perJob, days } = await resultsOf(await accessOf(rea), resultsFor());
    expect(
      perJob.map(({ customer, job, success, warning, failed }) => [customer, job, success, warning, failed]),
    ).toEqual([
      ["=Acme", "Nightly", 2, 0, 1],
      ["=Acme", "Silent", 0, 0, 0],
      ["Other", "Files", 0, 1, 0],
    ]);
    expect(perJob[0]).toMatchObject({ lastStatus: "failed", lastRanAt: new Date("2026-10-03T01:00:00Z") });
    expect(perJob[1]).toMatchObject({ lastStatus: null, lastRanAt: null });
    expect(days).toHaveLength(31);
    expect(days.slice(0, 3)).toEqual([
      { day: "2026-10-01", success: 1, warning: 0, failed: 0, missed: 0, unknown: 0 },
      { day: "2026-10-02", success: 1, warning: 1, failed: 0, missed: 0, unknown: 0 },
      { day: "2026-10-03", success: 0, warning: 0, failed: 1, missed: 0, unknown: 0 },
    ]);
    expect(sumOf(days)).toEqual(sumOf(perJob));
  });

  test("can be of one customer", async () => {
    actAs(rea);
    expect(jobsIn(await generateReport(resultsFor({ customerId: ids.other })))).toEqual(["Files"]);
    const asked = readAsked({ ...october, customer: "nonsense" });
    expect(typeof asked !== "string" && jobsIn(await generateReport(asked))).toEqual([]);
    const { customers, groups, types, software } = await listReportChoices();
    expect([customers.map(({ name }) => name), groups, types.length, software]).toEqual([
      ["=Acme", "Other"],
      [],
      1,
      [],
    ]);
  });

  test("is not generated for who may only look at saved ones", async () => {
    actAs(vi);
    await expect(generateReport(resultsFor())).rejects.toEqual(new Interrupt("forbidden"));
    expect(await auditOf("page.open")).toMatchObject([{ actor: "vi", reason: "needs reports.generate" }]);
  });
});

describe("a saved report", () => {
  test("is made, renamed and deleted, each with its audit entry", async () => {
    const made = await submit(ada, createReport, { name: "Weekly", days: "7", customer: ids.acme });
    expect(made).toMatchObject({ status: "done", message: "The report Weekly was saved." });
    const row = (await list()).rows[0];
    expect(row).toMatchObject({ name: "Weekly", days: 7, customer: "=Acme", createdBy: "ada" });
    const id = row?.id ?? "";
    const saved = await submit(ada, updateReport, { id, version: 1, name: "Weekly look", days: "14", customer: "" });
    expect(saved).toMatchObject({ status: "done" });
    const late = await submit(ada, updateReport, { id, version: 1, name: "Mine", days: "3", customer: "" });
    expect(late).toMatchObject({
      status: "refused",
      message: expect.stringContaining('"Weekly look" and counts: Last 14 days'),
    });
    expect(late.values).toMatchObject({ name: "Mine" });
    await expect(submit(ada, deleteReport, { id })).rejects.toEqual(new Interrupt("redirect", "/reports"));
    expect(await submit(ada, deleteReport, { id })).toMatchObject({ status: "refused" });
    expect(await auditOf("report.create")).toMatchObject([
      { target: "Weekly", after: { kind: "Results", period: "Last 7 days", customer: "=Acme" } },
    ]);
    expect((await auditOf("report.update"))[0]).toMatchObject({
      before: { name: "Weekly" },
      after: { period: "Last 14 days" },
    });
    expect((await auditOf("report.delete"))[0]).toMatchObject({ target: "Weekly look", outcome: "done" });
  });

  test("needs a name of its own, a sensible number of days and a customer that exists", async () => {
    await submit(ada, createReport, { name: "Monthly", days: "30", customer: "" });
    const twice = await submit(ada, createReport, { name: "Monthly", days: "30", customer: "" });
    expect(twice).toMatchObject({ status: "invalid", errors: { name: "A report of this name exists." } });
    const odd = await submit(ada, createReport, { name: "", days: "400", customer: "" });
    expect(odd).toMatchObject({
      errors: { name: "Enter a name.", days: "At most 366 days." },
      values: { days: "400" },
    });
    const nobody = { name: "X", days: "3", customer: "0197f0a0-0000-7000-8000-000000000000" };
    expect(await submit(ada, createReport, nobody)).toMatchObject({ errors: { customer: expect.any(String) } });
    expect(await db().$count(reports)).toBe(1);
  });

  test("is seen by a viewer and a reporter, who cannot change it", async () => {
    actAs(vi);
    const [row] = (await list("month")).rows;
    const days = (await findReport(row?.id ?? ""))?.document.sections.find(({ kind }) => kind === "days");
    expect(days?.kind === "days" && days.days).toHaveLength(30);
    expect(await findReport("nonsense")).toBeNull();
    expect((await list("nothing like it")).rows).toEqual([]);
    for (const who of [vi, rea]) {
      const tried = submit(who, deleteReport, { id: row?.id ?? "" });
      await expect(tried).rejects.toEqual(new Interrupt("forbidden"));
    }
    expect((await auditOf("report.delete")).filter(({ reason }) => reason === "needs reports.manage")).toHaveLength(2);
    expect(await db().$count(reports)).toBe(1);
  });
});

describe("the export", () => {
  const get = (address: string) => new Request(`http://localhost${address}`);
  const nothing = { params: Promise.resolve({}) };

  test("holds a line for each job, and no cell that a spreadsheet takes for a formula", async () => {
    actAs(rea);
    const response = await exportAny(get("/api/reports/csv?from=2026-10-01&to=2026-10-31"), nothing);
    expect(response.headers.get("content-disposition")).toContain("results-2026-10-01-to-2026-10-31.csv");
    const lines = (await response.text()).split("\r\n");
    expect(lines[0]).toContain(
      "Customer,Job,Software,Runs,Success,Warning,Failed,Missed,Unknown,Success rate,Last result,Last run",
    );
    expect(lines[1]).toBe(`"'=Acme",Nightly,,3,2,0,1,0,0,66.6 %,failed,2026-10-03T01:00:00.000Z`);
    expect(lines[2]).toBe(`"'=Acme",Silent,,0,0,0,0,0,0,,,`);
  });

  test("is named like the report, in letters of every script, and no name breaks its head or leaves a folder", () => {
    const named = (name: string) => download("", name, "text/csv").headers.get("content-disposition");
    expect(named("Weekly: all-2026-11-21.csv")).toBe('attachment; filename="Weekly-all-2026-11-21.csv"');
    const cyrillic = encodeURIComponent("Звіт-за-тиждень.pdf");
    expect(named('Звіт "за" тиждень.pdf')).toBe(`attachment; filename="-----.pdf"; filename*=UTF-8''${cyrillic}`);
    expect(named('../../etc/x"; a=b\r\nX-Role: Admin\u202e\ud800.csv')).toBe(
      'attachment; filename="etc-x-a-b-X-Role-Admin-.csv"',
    );
  });

  test("says what is wrong with the period, and refuses who may not generate", async () => {
    actAs(rea);
    expect((await exportAny(get("/api/reports/csv?from=2026-10-31&to=2026-10-01"), nothing)).status).toBe(400);
    actAs(vi);
    expect((await exportAny(get("/api/reports/csv?from=2026-10-01&to=2026-10-31"), nothing)).status).toBe(403);
    const [saved] = (await list()).rows;
    const own = { params: Promise.resolve({ id: saved?.id ?? "" }) };
    expect((await exportSaved(get("/api/reports/x/csv"), own)).status).toBe(200);
    expect((await exportSaved(get("/api/reports/x/csv"), { params: Promise.resolve({ id: "nonsense" }) })).status).toBe(
      404,
    );
    actAs(null);
    expect((await exportSaved(get("/api/reports/x/csv"), own)).status).toBe(401);
  });
});

test("periods are whole days, in order, and not endless", () => {
  expect(periodOf(7, "2026-03-03")).toEqual({ from: "2026-02-24", to: "2026-03-02" });
  expect(presets("2026-03-15").map(({ from, to }) => [from, to])).toEqual([
    ["2026-03-08", "2026-03-14"],
    ["2026-02-13", "2026-03-14"],
    ["2026-02-01", "2026-02-28"],
  ]);
  expect(readPeriod("2026-02-01", "2026-02-28")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
  expect(readPeriod("2026-02-30", "2026-03-01")).toBe("Choose the first and the last day.");
  expect(readPeriod("2026-03-02", "2026-03-01")).toBe("The first day lies after the last.");
  expect(readPeriod("2024-03-02", "2026-03-01")).toBe("Choose at most 366 days.");
  expect(daysOf({ from: "2026-02-27", to: "2026-03-02" })).toEqual([
    "2026-02-27",
    "2026-02-28",
    "2026-03-01",
    "2026-03-02",
  ]);
});

test("a rate is never rounded up to 100 %", () => {
  expect(rateOf({ missed: 0, success: 9999, warning: 0, failed: 1, unknown: 0 })).toBe("99.9 %");
  expect(rateOf({ missed: 0, success: 5, warning: 0, failed: 0, unknown: 0 })).toBe("100 %");
  expect(rateOf({ missed: 0, success: 0, warning: 0, failed: 0, unknown: 0 })).toBe("–");
});
