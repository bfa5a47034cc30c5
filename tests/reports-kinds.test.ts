import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as exportPdf } from "@/app/api/reports/pdf/route";
import { transaction } from "@/lib/db";
import { settings } from "@/lib/db/schema/access";
import { customerGroups, customers } from "@/lib/db/schema/desk";
import { runs } from "@/lib/db/schema/runs";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";
import { createReport } from "@/lib/reports/actions";
import { reportCsv } from "@/lib/reports/csv";
import { most } from "@/lib/reports/most";
import { generateReport, listReportChoices, listReports } from "@/lib/reports/queries";
import { aboutInWords, subjectOf } from "@/lib/reports/rules";
import { calendarLines, calendarOf } from "@/lib/reports/sections/calendar";
import type { Asked, ReportKind, Section } from "@/lib/reports/types";
import { actAs, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

const GIB = 1024 ** 3;
const period = { from: "2026-10-01", to: "2026-10-04" };
let ada: Person;
let rea: Person;
let eva: Person;

beforeAll(async () => {
  await openTestDatabase();
  const [acme, other] = [await customerNamed("Acme"), await customerNamed("Other")];
  const createdAt = new Date("2026-01-01");
  const nightly = await jobOf(acme, "Nightly", { software: "Veeam", createdAt });
  const files = await jobOf(other, "Files", { software: "Duplicati", createdAt });
  await addRole("End user", ["reports.view", "reports.generate", "customers.view", "resources.view"], {
    "customers.view": only(acme.id),
    "resources.view": only(nightly.id),
  });
  [ada, rea] = [await person("ada", "Admin"), await person("rea", "Reporter")];
  eva = await person("eva", "End user");
  await transaction(async (tx) => {
    await tx.update(settings).set({ timeZone: "Europe/Berlin" });
    const at = (day: number, hour = 20) => new Date(`2026-10-0${day}T${String(hour).padStart(2, "0")}:00:00Z`);
    const [late] = await tx
      .insert(runs)
      .values({ jobId: nightly.id, status: "success", ranAt: at(3, 9), sizeBytes: 14 * GIB, createdAt: at(3, 9) })
      .returning();
    const reviewed = { reviewedAt: at(3, 10), reviewer: "oto", createdAt: at(3, 9) };
    await tx.insert(runs).values([
      { jobId: nightly.id, status: "failed", ranAt: at(1, 20), createdAt: at(1) },
      {
        jobId: nightly.id,
        status: "success",
        ranAt: at(1, 21),
        sizeBytes: 10 * GIB,
        transferredBytes: GIB,
        ...reviewed,
      },
      {
        jobId: nightly.id,
        status: "missed",
        ranAt: at(2),
        expectedAt: at(2),
        slotDate: "2026-10-02",
        slotIndex: 0,
        lateRunId: late?.id,
      },
      { jobId: files.id, status: "missed", ranAt: at(2), expectedAt: at(2), slotDate: "2026-10-02", slotIndex: 0 },
      { jobId: files.id, status: "warning", ranAt: at(4), sizeBytes: 2 * GIB, createdAt: at(4) },
    ]);
    const made = await tx
      .insert(tickets)
      .values([
        { kind: "ticket", number: 1001, title: "Disk full", createdBy: "oto", createdAt: at(2) },
        {
          kind: "ticket",
          number: 1002,
          title: "Old one",
          createdBy: "oto",
          createdAt: new Date("2026-09-01"),
          resolvedAt: at(3),
        },
        { kind: "ticket", number: 1003, title: "Other's", createdBy: "oto", createdAt: at(2) },
      ])
      .returning();
    const [a, b, c] = made.map(({ id }) => id);
    await tx.insert(ticketScopes).values([
      { ticketId: a ?? "", jobId: nightly.id },
      { ticketId: b ?? "", customerId: acme.id },
      { ticketId: c ?? "", customerId: other.id },
    ]);
  });
});
afterAll(closeTestDatabase);

const asked = (kind: ReportKind, change: Partial<Asked> = {}): Asked => ({
  ...{ kind, period, customerId: null, filters: {} },
  ...change,
});
const make = (who: Person, kind: ReportKind, change: Partial<Asked> = {}) => {
  actAs(who);
  return generateReport(asked(kind, change));
};
const sectionOf = <K extends Section["kind"]>(sections: Section[], kind: K) =>
  sections.find((section): section is Extract<Section, { kind: K }> => section.kind === kind);
const figures = (sections: Section[]) =>
  Object.fromEntries(
    sections
      .flatMap((section) => (section.kind === "figures" ? section.figures : []))
      .map(({ label, value }) => [label, value]),
  );
const linesOf = (sections: Section[]) =>
  (sectionOf(sections, "table")?.rows ?? []).map(({ cells }) => cells.map(({ text }) => text));

describe("each kind of report says what the desk knows", () => {
  test("calendar: a failure that was repeated with success is one good day; a run that came late too", async () => {
    const calendar = sectionOf((await make(ada, "calendar")).sections, "calendar");
    expect(calendar?.days).toEqual(["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"]);
    expect(calendar?.rows.map(({ job, days }) => [job, ...days])).toEqual([
      ["Nightly", "success", null, "success", null],
      ["Files", null, "missed", null, "warning"],
    ]);
    await transaction((tx) => tx.update(settings).set({ dayStatus: "worst" }));
    const worst = sectionOf((await make(ada, "calendar")).sections, "calendar");
    expect(worst?.rows[0]?.days[0]).toBe("failed");
    await transaction((tx) => tx.update(settings).set({ dayStatus: "last-attempt" }));
  });

  test("missed runs, and those that came after all", async () => {
    const { sections } = await make(ada, "missed");
    expect(figures(sections)).toMatchObject({ Missed: "1", "Came late": "1", Jobs: "2 jobs" });
    expect(linesOf(sections)).toEqual([
      ["Acme", "Nightly", "2026-10-02 22:00", "2026-10-03 11:00", "–"],
      ["Other", "Files", "2026-10-02 22:00", "Never", "–"],
    ]);
  });

  test("results: of a run that came late its own end counts, and what is only suspected is unknown", async () => {
    const told = { Missed: "1", Unknown: "0", Runs: "5", "Success rate": "40.0 %" };
    expect(figures((await make(ada, "results")).sections)).toMatchObject(told);
    const suspect = (isSuspected: boolean) =>
      transaction((tx) =>
        tx
          .update(runs)
          .set({ isSuspected })
          .where(and(eq(runs.status, "missed"), isNull(runs.lateRunId))),
      );
    await suspect(true);
    expect(figures((await make(ada, "results")).sections)).toMatchObject({ Missed: "0", Unknown: "1", Runs: "5" });
    expect(figures((await make(ada, "missed")).sections)).toMatchObject({ Missed: "0", "Only suspected": "1" });
    await suspect(false);
  });

  test("who reviewed what, how soon, and what nobody looked at", async () => {
    const { sections } = await make(ada, "reviews");
    expect(figures(sections)).toMatchObject({ Reviewed: "16.6 %", "Runs reviewed": "1", "Not reviewed": "5" });
    expect(linesOf(sections)[0]).toEqual(["oto", "1", "0", "1 h 00 min", "2026-10-03 12:00"]);
  });

  test("tickets opened, resolved and open at the end; titles only for who may look at tickets", async () => {
    const { sections } = await make(ada, "tickets");
    expect(figures(sections)).toEqual({ "Tickets opened": "2", "Tickets resolved": "1", "Open at the end": "2" });
    expect(linesOf(sections).map(([code, title]) => [code, title])).toEqual([
      ["T-1001", "Disk full"],
      ["T-1003", "Other's"],
    ]);
    const counted = await make(rea, "tickets");
    expect(figures(counted.sections)["Open at the end"]).toBe("2");
    expect(linesOf(counted.sections)).toEqual([]);
  });

  test("storage: what grew, and the sum day by day without a step where a job is first heard of", async () => {
    const { sections } = await make(ada, "storage");
    expect(figures(sections)).toMatchObject({ "Backed up at last": "16 GiB", Growth: "+4 GiB", Transferred: "1 GiB" });
    expect(sectionOf(sections, "line")?.points.map(({ bytes }) => (bytes ?? 0) / GIB)).toEqual([12, 12, 16, 16]);
    expect(linesOf(sections).map(([, job, first, last, growth]) => [job, first, last, growth])).toEqual([
      ["Nightly", "10 GiB", "14 GiB", "+4 GiB"],
      ["Files", "2 GiB", "2 GiB", "0 B"],
    ]);
  });

  test("everything: all of it, one below the other", async () => {
    const { sections } = await make(ada, "full");
    expect(new Set(sections.map(({ kind }) => kind))).toEqual(
      new Set(["heading", "figures", "days", "table", "calendar", "line"]),
    );
  });

  test("filters leave out what they do not name", async () => {
    const only = { filters: { software: "duplicati" } };
    expect(linesOf((await make(ada, "missed", only)).sections).map(([, job]) => job)).toEqual(["Files"]);
    expect(figures((await make(ada, "tickets", only)).sections)["Open at the end"]).toBe("0");
  });
});

test("whoever looks sees what their role covers, of each kind, on the screen and in the file", async () => {
  for (const kind of ["results", "calendar", "missed", "storage", "tickets", "full"] as const) {
    const document = await make(eva, kind);
    expect(JSON.stringify(document) + reportCsv(document), kind).not.toMatch(/Other|Files|Duplicati/);
    expect(JSON.stringify(document), kind).toMatch(kind === "tickets" ? /Tickets opened/ : /Nightly/);
  }
});

test("what a report is about stands above it in words, without names that the role does not cover", async () => {
  const [acme, other] = [await customerNamed("Third"), await customerNamed("Fourth")];
  const [hospital, school] = await transaction((tx) =>
    tx
      .insert(customerGroups)
      .values([{ name: "Hospitals" }, { name: "Schools" }])
      .returning(),
  );
  await transaction(async (tx) => {
    await tx.update(customers).set({ groupId: hospital?.id }).where(eq(customers.id, acme.id));
    await tx.update(customers).set({ groupId: school?.id }).where(eq(customers.id, other.id));
  });
  const job = await jobOf(acme, "Ward", { software: "Veeam" });
  await jobOf(other, "Class", { software: "Veeam" });
  await addRole("Of hospitals", ["reports.view", "customers.view", "resources.view"], {
    "customers.view": only(acme.id),
    "resources.view": ALL,
    "reports.view": ALL,
  });
  const ida = await person("ida", "Of hospitals");
  const shown: Record<string, string[]> = {};
  for (const group of [hospital, school]) {
    const content = { name: group?.name ?? "", days: "7", group: group?.id ?? "", type: job.resourceTypeId };
    await submit(ada, createReport, { ...content, software: "Veeam" });
    for (const who of [ada, rea, ida]) {
      actAs(who);
      const found = (await listReports({ sort: "name", direction: "asc", search: "", filters: {}, cursor: null })).rows;
      const own = found.find(({ name }) => name === group?.name);
      shown[`${who.username} ${group?.name}`] = [own ? subjectOf(own) : ""];
    }
  }
  const type = shown["ada Hospitals"]?.[0]?.split(", ")[2];
  expect(shown).toEqual({
    "ada Hospitals": [`All customers, Hospitals, ${type}, Veeam`],
    "rea Hospitals": [`All customers, a group outside your role, ${type}, Veeam`],
    "ida Hospitals": [`All customers, Hospitals, ${type}, Veeam`],
    "ada Schools": [`All customers, Schools, ${type}, Veeam`],
    "rea Schools": [`All customers, a group outside your role, ${type}, Veeam`],
    "ida Schools": [`All customers, a group outside your role, ${type}, Veeam`],
  });
  actAs(ida);
  const unknown = { customerId: other.id, filters: { groupId: school?.id } };
  expect(aboutInWords(unknown, await listReportChoices())).toBe(
    "A customer without jobs to report on, a group without jobs to report on",
  );
});

test("a list that is not whole says so, on its last line", () => {
  const day = { customer: "Acme", jobId: "1", job: "Nightly", day: "2026-10-01", runs: [] };
  const days = Array.from({ length: most.days }, () => day);
  const lines = calendarLines(days, () => null);
  expect(lines.kind === "table" && lines.rows.at(-1)?.cells[0]?.text).toMatch(/^Only the first 100,000 are listed/);
  expect(calendarOf(days, period, () => null)).toMatchObject({ note: expect.stringContaining("Not all jobs") });
  const whole = calendarLines(days.slice(1), () => null);
  expect(whole.kind === "table" && whole.rows.length).toBe(most.days - 1);
});

test("a file holds plain numbers and moments", async () => {
  const [head, first] = reportCsv(await make(ada, "storage")).split("\r\n");
  expect(head).toContain("Customer,Job,First bytes,Last bytes,Growth bytes,Growth in %,Transferred bytes");
  expect(first).toBe(`Acme,Nightly,${10 * GIB},${14 * GIB},${4 * GIB},40,${GIB}`);
  expect(
    reportCsv(await make(ada, "calendar"))
      .split("\r\n")
      .slice(1, 3),
  ).toEqual(["Acme,Nightly,2026-10-01,success,2", "Acme,Nightly,2026-10-02,,1"]);
});

test("each kind is drawn as PDF, whatever stands in it", async () => {
  await transaction(async (tx) => void (await tx.update(settings).set({ accountName: "Резервна служба" })));
  for (const kind of ["full", "results", "calendar", "missed", "reviews", "tickets", "storage"]) {
    actAs(ada);
    const address = `http://localhost/api/reports/pdf?from=${period.from}&to=${period.to}&kind=${kind}`;
    const answer = await exportPdf(new Request(address), { params: Promise.resolve({}) });
    expect([answer.status, answer.headers.get("content-type")], kind).toEqual([200, "application/pdf"]);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
    expect(bytes.subarray(-6).toString("latin1")).toContain("%%EOF");
  }
});
