import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db";
import { assignments, auditEntries, roles, users } from "@/lib/db/schema/access";
import { customers } from "@/lib/db/schema/desk";
import { deliveries, outgoing } from "@/lib/db/schema/outgoing";
import { reports } from "@/lib/db/schema/reports";
import type { MailToSend } from "@/lib/outgoing/types";
import { createReport, scheduleReport, sendReportNow, updateReport } from "@/lib/reports/actions";
import { findReport } from "@/lib/reports/queries";
import { savedPeriod, scheduleInWords } from "@/lib/reports/rules";
import { nextSend } from "@/lib/reports/schedule";
import { sendDueReports } from "@/lib/reports/send";
import type { ReportSchedule } from "@/lib/reports/types";
import { actAs, type Person, person, submit } from "./support/acting";
import { closeTestDatabase, openTestDatabase } from "./support/database";
import { customerNamed, jobOf, runOf } from "./support/desk";
import { ALL, addRole, only } from "./support/roles";

const never = new AbortController().signal;
let ada: Person;
let mia: Person;
let vi: Person;
let id = "";

beforeAll(async () => {
  await openTestDatabase();
  const [acme, other] = [await customerNamed("Acme"), await customerNamed("Other")];
  await runOf(await jobOf(acme, "Nightly"), "failed", 30);
  await runOf(await jobOf(other, "Files"), "failed", 30);
  await addRole("Manager of Acme", ["reports.view", "reports.manage", "customers.view", "resources.view"], {
    "customers.view": only(acme.id),
    "resources.view": ALL,
    "reports.view": ALL,
  });
  [ada, mia, vi] = [await person("ada", "Admin"), await person("mia", "Manager of Acme"), await person("vi", "Viewer")];
});
afterAll(closeTestDatabase);
beforeEach(async () => {
  await transaction(async (tx) => {
    await tx.execute(sql`truncate audit_entries`);
    await tx.delete(deliveries);
    await tx.delete(reports);
    await tx.update(outgoing).set({ smtpHost: "mail.example.org", fromAddress: "desk@example.org" });
  });
  await submit(ada, createReport, { name: "Weekly", days: "7" });
  id = (await row()).id;
});

const row = async () => {
  const [found] = await db().select().from(reports);
  if (!found) throw new Error("There is no report.");
  return found;
};
const planned = {
  every: "week",
  weekday: "1",
  time: "07:00",
  recipients: "boss@example.org\nboss@example.org, a@example.org",
  "attach[]": ["csv"],
};
const schedule = async (who: Person, change: Record<string, string | string[]> = {}) =>
  submit(who, scheduleReport, { id, version: (await row()).version, ...planned, ...change });
const makeDue = () => transaction((tx) => tx.update(reports).set({ nextSendAt: new Date(Date.now() - 1000) }));
const mailsSent = async () => (await db().select().from(deliveries)).map(({ content }) => content as MailToSend);
const auditOf = (action: string) => db().select().from(auditEntries).where(eq(auditEntries.action, action));

describe("when", () => {
  const at = (change: Partial<ReportSchedule>): ReportSchedule => ({
    ...{ every: "day", weekday: 1, dayOfMonth: 1, time: "07:00", recipients: ["a@example.org"], attach: [] },
    ...change,
  });
  const next = (plan: ReportSchedule, zone: string, after: string) =>
    nextSend(plan, zone, new Date(after)).toISOString();

  test("is the next day, weekday or day of the month at that time of the account's zone", () => {
    expect(next(at({}), "Europe/Berlin", "2026-11-22T05:59:00Z")).toBe("2026-11-22T06:00:00.000Z");
    expect(next(at({}), "Europe/Berlin", "2026-11-22T06:00:00Z")).toBe("2026-11-23T06:00:00.000Z");
    expect(next(at({ every: "week" }), "Europe/Berlin", "2026-11-22T12:00:00Z")).toBe("2026-11-23T06:00:00.000Z");
    expect(next(at({ every: "month", dayOfMonth: 28 }), "UTC", "2027-02-28T08:00:00Z")).toBe(
      "2027-03-28T07:00:00.000Z",
    );
  });

  test("a time that the clock skips or repeats is one moment", () => {
    const early = at({ time: "02:30" });
    expect(next(early, "Europe/Berlin", "2027-03-27T12:00:00Z")).toBe("2027-03-28T01:30:00.000Z");
    expect(next(early, "Europe/Berlin", "2026-10-24T12:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
    expect(next(early, "Europe/Berlin", "2026-10-25T00:30:00Z")).toBe("2026-10-26T01:30:00.000Z");
  });

  test("is told in words", () => {
    expect(scheduleInWords(at({ every: "week", weekday: 5 }))).toBe("Every Friday at 07:00 to a@example.org");
    expect(scheduleInWords(at({ every: "month", recipients: ["a@x.example", "b@x.example"] }))).toBe(
      "On day 1 of each month at 07:00 to 2 recipients",
    );
  });

  test.each([
    ["last-week", "2026-11-22", "2026-11-09", "2026-11-15"],
    ["last-week", "2026-11-23", "2026-11-16", "2026-11-22"],
    ["last-month", "2026-03-01", "2026-02-01", "2026-02-28"],
    ["this-month", "2026-11-22", "2026-11-01", "2026-11-21"],
    ["this-month", "2026-12-01", "2026-11-01", "2026-11-30"],
  ] as const)("%s on %s is %s to %s", (period, today, from, to) => {
    expect(savedPeriod({ period, days: 1 }, today)).toEqual({ from, to });
  });
});

test("a report that is due is mailed once, with its file, and the next time is set", async () => {
  expect(await schedule(ada)).toMatchObject({ status: "done" });
  await makeDue();
  await sendDueReports(never);
  await sendDueReports(never);
  const [mail, ...others] = await mailsSent();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({
    to: ["boss@example.org", "a@example.org"],
    subject: expect.stringContaining("Weekly: 20"),
  });
  const [file] = mail?.attachments ?? [];
  expect(Buffer.from(file?.base64 ?? "", "base64").toString("utf8")).toMatch(/Acme,Nightly[\s\S]+Other,Files/);
  expect(await row()).toMatchObject({ sendError: null, lastSentAt: expect.any(Date) });
  expect((await row()).nextSendAt?.getTime()).toBeGreaterThan(Date.now());
  expect(await auditOf("report.send")).toMatchObject([
    { actor: "system", target: "Weekly", after: { inRoleOf: "ada" } },
  ]);
});

test("it says what its author may see; who changes it or its recipients makes it theirs", async () => {
  await schedule(mia);
  await makeDue();
  await sendDueReports(never);
  expect(JSON.stringify(await mailsSent())).not.toMatch(/Other|Files/);

  await schedule(ada);
  await submit(mia, updateReport, { id, version: (await row()).version, name: "Mine", days: "7" });
  await makeDue();
  await transaction((tx) => tx.delete(deliveries));
  await sendDueReports(never);
  const [mail] = await mailsSent();
  const file = Buffer.from(mail?.attachments?.[0]?.base64 ?? "", "base64").toString("utf8");
  expect(file).toContain("Acme,Nightly");
  expect(file).not.toContain("Other");
});

test("an author who lost the role, the right or the account mails nothing more, and the page says so", async () => {
  const [role] = await db().select().from(roles).where(eq(roles.name, "Manager of Acme"));
  const losses: [() => Promise<unknown>, () => Promise<unknown>][] = [
    [
      () => transaction((tx) => tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, mia.id))),
      () => transaction((tx) => tx.update(users).set({ disabledAt: null }).where(eq(users.id, mia.id))),
    ],
    [
      () =>
        transaction((tx) =>
          tx
            .update(assignments)
            .set({ expiresAt: new Date(0) })
            .where(eq(assignments.userId, mia.id)),
        ),
      () => transaction((tx) => tx.update(assignments).set({ expiresAt: null }).where(eq(assignments.userId, mia.id))),
    ],
    [
      () =>
        transaction((tx) =>
          tx
            .update(roles)
            .set({ rights: ["reports.view"] })
            .where(eq(roles.id, role?.id ?? "")),
        ),
      () =>
        transaction((tx) =>
          tx
            .update(roles)
            .set({ rights: role?.rights })
            .where(eq(roles.id, role?.id ?? "")),
        ),
    ],
  ];
  for (const [lose, regain] of losses) {
    await schedule(mia);
    await lose();
    await makeDue();
    await sendDueReports(never);
    expect(await mailsSent()).toEqual([]);
    actAs(ada);
    expect((await findReport(id))?.report.sendError).toContain("may not see the report any more");
    await regain();
  }
  expect(await auditOf("report.not_sent")).toHaveLength(3);
});

test("without a mail server the page says so, and the next time comes all the same", async () => {
  await transaction((tx) => tx.update(outgoing).set({ smtpHost: "" }));
  await schedule(ada);
  await makeDue();
  await sendDueReports(never);
  expect(await row()).toMatchObject({ sendError: "The account has no mail server.", lastSentAt: null });
  expect((await row()).nextSendAt?.getTime()).toBeGreaterThan(Date.now());
  expect(await submit(ada, sendReportNow, { id })).toMatchObject({ status: "refused" });
});

test("a report that cannot be made says so under a number, and holds up no other", async () => {
  await schedule(ada);
  await submit(ada, createReport, { name: "Broken", days: "7" });
  const [broken] = await db().select().from(reports).where(eq(reports.name, "Broken"));
  await submit(ada, scheduleReport, { id: broken?.id ?? "", version: 1, ...planned });
  const [first, second] = [new Date(Date.now() - 2000), new Date(Date.now() - 1000)];
  await transaction((tx) =>
    tx
      .update(reports)
      .set({ nextSendAt: first, filters: { typeId: "no id" } })
      .where(eq(reports.name, "Broken")),
  );
  await transaction((tx) => tx.update(reports).set({ nextSendAt: second }).where(eq(reports.id, id)));
  await sendDueReports(never);
  expect((await mailsSent()).map(({ subject }) => subject)).toEqual([expect.stringContaining("Weekly: 20")]);
  const [said] = await db().select().from(reports).where(eq(reports.name, "Broken"));
  expect(said).toMatchObject({ sendError: expect.stringMatching(/^It could not be made\. Number: [\w-]+$/) });
  expect(said?.nextSendAt?.getTime()).toBeGreaterThan(Date.now());
});

test("it can be sent at once, when somebody said to whom", async () => {
  expect(await submit(ada, sendReportNow, { id })).toMatchObject({ status: "refused" });
  await schedule(ada);
  expect(await submit(ada, sendReportNow, { id })).toMatchObject({ status: "done" });
  expect(await mailsSent()).toHaveLength(1);
});

test("who does not know of its customer sends nobody an empty one", async () => {
  const [other] = await db().select().from(customers).where(eq(customers.name, "Other"));
  await submit(ada, updateReport, { id, version: 1, name: "Weekly", days: "7", customer: other?.id ?? "" });
  await schedule(ada);
  expect(await submit(mia, sendReportNow, { id })).toMatchObject({
    status: "refused",
    message: "This report is about a customer outside your role.",
  });
  expect(await mailsSent()).toEqual([]);
});

test("readers are not told to whom it goes", async () => {
  await schedule(ada);
  actAs(vi);
  const found = await findReport(id);
  expect(JSON.stringify(found)).not.toContain("boss@example.org");
});

test("wrong addresses, none, or somebody else's change meanwhile are refused at the place", async () => {
  expect(await schedule(ada, { recipients: "boss@example.org, nonsense" })).toMatchObject({
    errors: { recipients: "nonsense is no e-mail address." },
  });
  expect(await schedule(ada, { recipients: "" })).toMatchObject({
    errors: { recipients: "Enter at least one recipient." },
  });
  expect(await schedule(ada, { time: "25:00" })).toMatchObject({ errors: { time: expect.any(String) } });
  const old = { id, version: 1, ...planned };
  await schedule(ada);
  expect(await submit(ada, scheduleReport, old)).toMatchObject({ status: "refused" });
  await schedule(ada, { every: "never" });
  expect(await row()).toMatchObject({ schedule: null, nextSendAt: null, scheduledBy: null });
});
