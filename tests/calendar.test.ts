import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createQuietTime, deleteQuietTime, importHolidays, updateQuietTime } from "@/lib/calendar/actions";
import { readHolidays } from "@/lib/calendar/import";
import {
  type CalendarSort,
  calendarFilters,
  calendarSorts,
  findCalendarTargets,
  listQuietTimes,
  listScopes,
} from "@/lib/calendar/queries";
import { db, transaction } from "@/lib/db";
import { auditEntries } from "@/lib/db/schema/access";
import { quietTimes } from "@/lib/db/schema/calendar";
import { customers, jobs } from "@/lib/db/schema/desk";
import { readListQuery } from "@/lib/list";
import { actAs, Interrupt, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf } from "./support/desk";
import { addRole } from "./support/roles";

let ada: Person;
let oto: Person;
beforeAll(async () => {
  await openTestDatabase();
  ada = await person("ada", "Admin");
  oto = await person("oto", "Operator");
});
afterAll(closeTestDatabase);
beforeEach(() =>
  transaction(async (tx) => {
    for (const table of [quietTimes, jobs, customers]) await tx.delete(table);
  }),
);

const query = (params: Record<string, string> = {}) =>
  readListQuery<CalendarSort>(params, calendarSorts, calendarFilters);
const names = async (params: Record<string, string> = {}) =>
  (await listQuietTimes(query(params))).rows.map(({ name }) => name);
const stored = () => db().select().from(quietTimes).orderBy(asc(quietTimes.name));
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
const holiday = { kind: "holiday", name: "Christmas", scope: "account", from_day: day(30) };

test("a holiday and maintenance are added, edited and deleted, each with an entry in the audit log", async () => {
  expect(await submit(ada, createQuietTime, { ...holiday, to_day: day(31), yearly: "on" })).toMatchObject({
    message: "Christmas was added.",
  });
  const job = await jobOf(await customerNamed("Acme"), "Nightly");
  const window = {
    kind: "maintenance",
    name: "New server",
    scope: "job",
    job: job.id,
    starts: "2027-01-10T20:00",
    ends: "2027-01-11T04:00",
  };
  await submit(ada, createQuietTime, window);
  expect(await stored()).toMatchObject([
    {
      fromDay: day(30),
      toDay: day(31),
      isYearly: true,
      customerId: null,
      jobId: null,
      createdBy: "ada",
      startsAt: null,
    },
    { jobId: job.id, startsAt: new Date("2027-01-10T20:00Z"), endsAt: new Date("2027-01-11T04:00Z"), fromDay: null },
  ]);
  const [first] = await stored();
  const change = { id: first?.id ?? "", version: 1, ...holiday, name: "Xmas" };
  expect(await submit(ada, updateQuietTime, change)).toMatchObject({ message: "Xmas was saved." });
  expect((await submit(ada, updateQuietTime, change)).message).toContain("changed this holiday meanwhile");
  expect(await submit(ada, deleteQuietTime, { id: first?.id ?? "" })).toMatchObject({ message: "Xmas was deleted." });
  expect((await stored()).map(({ name }) => name)).toEqual(["New server"]);
  const actions = await db().select().from(auditEntries).where(eq(auditEntries.actor, "ada"));
  expect(actions.filter(({ outcome }) => outcome === "done").map(({ action }) => action)).toEqual([
    "holiday.create",
    "maintenance.create",
    "holiday.update",
    "holiday.delete",
  ]);
});

test.each([
  ["a day that does not exist", { from_day: "2026-02-30" }, { from_day: "Enter a day." }],
  ["an end before the start", { from_day: day(9), to_day: day(8) }, { to_day: "It must not end before it begins." }],
  ["no name", { name: " " }, { name: "Enter a name." }],
  ["maintenance without times", { kind: "maintenance" }, { starts: "Enter a day and a time." }],
  [
    "maintenance that ends first",
    { kind: "maintenance", starts: "2027-01-10T20:00", ends: "2027-01-10T20:00" },
    { ends: "It must end after it begins." },
  ],
  ["a customer that is not chosen", { scope: "customer" }, { customer: "Choose a customer." }],
  ["a job that does not exist", { scope: "job", job: crypto.randomUUID() }, { job: "Choose a job." }],
  [
    "a range of more than a year, each year",
    { to_day: day(500), yearly: "on" },
    { to_day: "Each year at most a year." },
  ],
])("%s is refused at its field", async (_name, values, errors) => {
  expect(await submit(ada, createQuietTime, { ...holiday, ...values })).toMatchObject({ status: "invalid", errors });
  expect(await stored()).toEqual([]);
});

test("what comes next stands first; a yearly day counts as its next one; what is over is shown when asked for", async () => {
  const row = { kind: "holiday" as const, createdBy: "ada" };
  const [tomorrow, past] = [day(1), day(-20)];
  await transaction((tx) =>
    tx.insert(quietTimes).values([
      { ...row, name: "in two days", fromDay: day(2), toDay: day(2) },
      {
        ...row,
        name: "yearly tomorrow",
        fromDay: `2019${tomorrow.slice(4)}`,
        toDay: `2019${tomorrow.slice(4)}`,
        isYearly: true,
      },
      {
        ...row,
        name: "yearly in months",
        fromDay: `2019${past.slice(4)}`,
        toDay: `2019${past.slice(4)}`,
        isYearly: true,
      },
      { ...row, name: "over", fromDay: past, toDay: past },
      {
        kind: "maintenance",
        createdBy: "ada",
        name: "now",
        startsAt: new Date(Date.now() - 9e5),
        endsAt: new Date(Date.now() + 9e5),
      },
    ]),
  );
  actAs(ada);
  expect(await names()).toEqual(["now", "yearly tomorrow", "in two days", "yearly in months"]);
  expect(await names({ state: "past" })).toEqual(["over"]);
  expect(await names({ state: "all", sort: "name" })).toHaveLength(5);
  expect(await names({ kind: "maintenance" })).toEqual(["now"]);
  expect(await names({ q: "two" })).toEqual(["in two days"]);
});

describe("who covers only some customers", () => {
  test("neither sees nor changes entries of others, and makes none that reach them", async () => {
    const [acme, other] = [await customerNamed("Acme"), await customerNamed("Other")];
    const hidden = await jobOf(other, "Hidden job");
    const row = { kind: "holiday" as const, fromDay: day(3), toDay: day(3), createdBy: "ada" };
    await transaction((tx) =>
      tx.insert(quietTimes).values([
        { ...row, name: "of all" },
        { ...row, name: "of Acme", customerId: acme.id },
        { ...row, name: "of Other", customerId: other.id },
        { ...row, name: "of a hidden job", jobId: hidden.id },
      ]),
    );
    await addRole("Acme's settings", ["settings.manage", "customers.view", "resources.view"], {
      "customers.view": [{ type: null, elementId: acme.id, included: true }],
      "resources.view": [{ type: null, elementId: null, included: true }],
    });
    const eve = await person("eve", "Acme's settings");
    actAs(eve);
    expect((await names({ sort: "name" })).sort()).toEqual(["of Acme", "of all"]);
    expect((await listQuietTimes(query())).rows.map(({ name, changeable }) => [name, changeable]).sort()).toEqual([
      ["of Acme", true],
      ["of all", false],
    ]);
    expect(await listScopes()).toEqual(["customer", "job"]);
    expect(await findCalendarTargets("job", "")).toEqual([]);
    expect((await findCalendarTargets("customer", "")).map(({ label }) => label)).toEqual(["Acme"]);
    const rows = await stored();
    for (const name of ["of all", "of Other", "of a hidden job"]) {
      const { id = "", version = 0 } = rows.find((one) => one.name === name) ?? {};
      const gone = { status: "refused", message: "This entry does not exist any more." };
      expect(await submit(eve, deleteQuietTime, { id })).toMatchObject(gone);
      expect(
        await submit(eve, updateQuietTime, { id, version, ...holiday, scope: "customer", customer: acme.id }),
      ).toMatchObject(gone);
    }
    expect(await submit(eve, createQuietTime, holiday)).toMatchObject({
      status: "invalid",
      errors: { scope: expect.any(String) },
    });
    expect(await submit(eve, createQuietTime, { ...holiday, scope: "customer", customer: other.id })).toMatchObject({
      errors: { customer: "Choose a customer." },
    });
    expect(await stored()).toHaveLength(4);
  });

  test("without the right nothing opens", async () => {
    await expect(submit(oto, createQuietTime, holiday)).rejects.toEqual(new Interrupt("forbidden"));
    actAs(oto);
    await expect(listQuietTimes(query())).rejects.toEqual(new Interrupt("forbidden"));
    await expect(findCalendarTargets("job", "")).rejects.toEqual(new Interrupt("forbidden"));
  });
});

describe("a list of holidays", () => {
  test("is imported once, however often it is sent", async () => {
    const list = "name,from,to,yearly\nChristmas,2026-12-25,2026-12-26,yes\nOuting,2027-05-14,,\n";
    const send = { scope: "account", list };
    expect(await submit(ada, importHolidays, send)).toMatchObject({ message: "2 holidays added." });
    expect(await submit(ada, importHolidays, send)).toMatchObject({
      message: "0 holidays added, 2 were there already.",
    });
    expect(await stored()).toMatchObject([
      { name: "Christmas", fromDay: "2026-12-25", toDay: "2026-12-26", isYearly: true },
      { name: "Outing", fromDay: "2027-05-14", toDay: "2027-05-14", isYearly: false },
    ]);
  });

  test("of a calendar file has its whole days, whatever the lines are like", () => {
    const file = [
      "BEGIN:VCALENDAR",
      "BEGIN:VEVENT",
      "DTSTART;VALUE=DATE:20261224",
      "DTEND;VALUE=DATE:20261227",
      "SUMMARY;LANGUAGE=de:Weihnachten\\, lang und ",
      " breit",
      "RRULE:FREQ=YEARLY",
      "END:VEVENT",
      "BEGIN:VEVENT",
      "DTSTART:20270101T120000Z",
      "SUMMARY:Lunch",
      "END:VEVENT",
      "BEGIN:VEVENT",
      "DTSTART;VALUE=DATE:20270101",
      "END:VEVENT",
      "END:VCALENDAR",
    ].join("\r\n");
    expect(readHolidays(file)).toEqual([
      { name: "Weihnachten, lang und breit", fromDay: "2026-12-24", toDay: "2026-12-26", isYearly: true },
      { name: "Holiday", fromDay: "2027-01-01", toDay: "2027-01-01", isYearly: false },
    ]);
  });

  test.each([
    ["name,from\nX,25.12.2026", "Line 2: days are written like 2026-12-25."],
    ["name,from\n,2026-12-25", "Line 2: a name is missing."],
    ["name,from,to\nX,2026-12-25,2026-12-24", "Line 2: it must not end before it begins."],
    [
      "Christmas 2026-12-25",
      'The first line must name the columns: "name", "from", and if you like "to" and "yearly".',
    ],
    [
      "when,what\n2026-12-25,X",
      'The first line must name the columns: "name", "from", and if you like "to" and "yearly".',
    ],
    ["BEGIN:VCALENDAR\nEND:VCALENDAR", "No whole day was found in this list."],
  ])("that cannot be read is refused as a whole: %#", async (list, message) => {
    expect(await submit(ada, importHolidays, { scope: "account", list })).toMatchObject({ errors: { list: message } });
    expect(await stored()).toEqual([]);
  });
});
