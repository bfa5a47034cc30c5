import { readdirSync, readFileSync } from "node:fs";
import { eq, inArray } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aggregates, allRights } from "@/lib/access/registry";
import * as customers from "@/lib/customers/queries";
import * as dashboard from "@/lib/dashboard/queries";
import { db, transaction } from "@/lib/db";
import { roles, sessions } from "@/lib/db/schema/access";
import { jobMarks } from "@/lib/desk-overview/job-marks";
import * as overview from "@/lib/desk-overview/queries";
import * as merging from "@/lib/filing/merging/queries";
import * as filing from "@/lib/filing/queries";
import * as insight from "@/lib/insight/queries";
import * as job from "@/lib/jobs/detail";
import * as jobs from "@/lib/jobs/queries";
import * as digests from "@/lib/mails/digests";
import * as mails from "@/lib/mails/queries";
import * as readings from "@/lib/mails/readings";
import * as drafting from "@/lib/overrides/drafting";
import * as overrides from "@/lib/overrides/queries";
import type { Pattern } from "@/lib/overrides/types";
import * as reports from "@/lib/reports/queries";
import { type Asked, reportKinds } from "@/lib/reports/types";
import * as retention from "@/lib/retention/queries";
import * as ownRoles from "@/lib/roles/queries";
import * as checkCounts from "@/lib/run-checks/counts";
import * as checks from "@/lib/run-checks/queries";
import * as background from "@/lib/runs/background";
import * as runs from "@/lib/runs/queries";
import * as schedules from "@/lib/schedules/queries";
import { draftTicket } from "@/lib/tickets/drafting";
import * as tickets from "@/lib/tickets/queries";
import { actAs, type Person, person } from "./support/acting";
import { closeTestDatabase, openOnPostgres, openTestDatabase } from "./support/database";
import { disturb, outsideCount } from "./support/outside";
import * as ask from "./support/questions";
import { addRole } from "./support/roles";
import { seeded } from "./support/seeded";
import { buildWorld, hoursAgo, type Scoped, scopedRoles } from "./support/worlds";

type Questions = () => Promise<unknown>;

const period = { from: hoursAgo(700).toISOString().slice(0, 10), to: hoursAgo(0).toISOString().slice(0, 10) };
const clues = ["host-0", "aaa"].flatMap((host) =>
  ["mail@c0.example", "other-3@example.org"].flatMap((fromAddress) =>
    [null, "Acme", "Beta", "aaa 3 1 customer"].map((customer) => ({
      ...{ matchKey: "key-0-1", host, fromAddress, customer },
    })),
  ),
);
const wholeDraft = {
  rights: allRights(),
  marks: aggregates.map(({ right }) => ({ right, type: null, elementId: null, included: true })),
};
const anyType = { type: null, cursor: "" };
/** What somebody who looks after users may ask about. */
const known: { users: string[]; roles: string[] } = { users: [], roles: [] };
const states = { state: ["all", "archived", "deactivated"] };
const customerFilters = { ...states, group: ask.GROUP_IDS };
const ticketFilters = {
  state: ["all", "resolved"],
  assignee: ["me", "nobody"],
  customer: ask.SOME_IDS,
  job: ask.SOME_IDS,
};
const jobFilters = {
  ...states,
  software: ["Soft 0", "Hidden 3"],
  type: ask.TYPE_IDS.slice(0, 6),
  result: ["failed", "none"],
  customer: ask.SOME_IDS,
};
const everyReport = (): Asked[] =>
  reportKinds.flatMap((kind) =>
    [null, ...ask.CUSTOMER_IDS].map((customerId) => ({ kind, period, customerId, filters: {} })),
  );
const checkFilters = {
  status: ["failed", "success", "suspected"],
  customer: ask.SOME_IDS,
  software: ["Soft 0", "Hidden 3"],
  type: ask.TYPE_IDS.slice(0, 6),
  only: ["odd", "ticket", "overridden"],
};
const overrideFilters = {
  state: ["all", "ended"],
  scope: ["job", "customer"],
  job: ask.SOME_IDS,
  software: ["Soft 0", "Hidden 3"],
  customer: ask.SOME_IDS,
};
const everywhere = {
  software: null,
  customerId: null,
  jobId: null,
  objectName: null,
  match: "any",
  matchText: "",
} as const;
const patterns: Pattern[] = [
  { scope: "global" as const },
  ...["Soft 0", "Hidden 3"].map((software) => ({ scope: "software" as const, software })),
  ...ask.CUSTOMER_IDS.map((customerId) => ({ scope: "customer" as const, customerId })),
  ...ask.SOME_JOB_IDS.map((jobId) => ({ scope: "job" as const, jobId })),
].map((reach) => ({ ...everywhere, statuses: ["failed", "warning"], ...reach }));
const eachTicket = (kind: "ticket" | "remark") => ask.each(ask.TICKET_IDS, (id) => tickets.getTicket(kind, id));

/** A query that is not here has not been looked at; those that speak of the whole account have a right of their own. */
const questions: Record<string, Questions | "whole account" | "own"> = {
  "account/queries getProfile": "own",
  "account/queries listOwnSessions": "own",
  "audit/queries exportAudit": "whole account",
  "audit/queries listAudit": "whole account",
  "audit/queries listAuditAreas": "whole account",
  "calendar/queries findCalendarTargets": "whole account",
  "calendar/queries listQuietTimes": "whole account",
  "calendar/queries listScopes": "whole account",
  "customers/queries countCustomers": () => ask.asked(["name"], customerFilters, customers.countCustomers),
  "customers/queries exportCustomers": () => ask.asked(["name"], states, customers.exportCustomers),
  "customers/queries getCustomer": () => ask.each(ask.CUSTOMER_IDS, customers.getCustomer),
  "customers/queries listCustomerGroups": customers.listCustomerGroups,
  "customers/queries listCustomerNames": () => ask.words(customers.listCustomerNames),
  "customers/queries listCustomers": () =>
    ask.listed(customers.customerSorts, customerFilters, customers.listCustomers),
  "dashboard/queries customerFigures": dashboard.customerFigures,
  "dashboard/queries dailyFigures": dashboard.dailyFigures,
  "dashboard/queries expiringOverrides": dashboard.expiringOverrides,
  "dashboard/queries liveMode": dashboard.liveMode,
  "dashboard/queries myTickets": dashboard.myTickets,
  "dashboard/queries recentFailures": dashboard.recentFailures,
  "dashboard/queries silentSources": dashboard.silentSources,
  "dashboard/queries waiting": dashboard.waiting,
  "desk-overview/job-marks jobMarks": () => jobMarks(ask.JOB_IDS),
  "desk-overview/queries openTicketsOfCustomer": () => ask.each(ask.CUSTOMER_IDS, overview.openTicketsOfCustomer),
  "desk-overview/queries openTicketsOfJob": () => ask.each(ask.JOB_IDS, overview.openTicketsOfJob),
  "filing/merging/queries findOtherJobs": () =>
    ask.each(ask.SOME_JOB_IDS, (id) => ask.words((word) => merging.findOtherJobs(id, word))),
  "filing/merging/queries getMergePlan": () =>
    ask.each(ask.SOME_JOB_IDS, (id) => ask.each(ask.SOME_JOB_IDS, (into) => merging.getMergePlan(id, into))),
  "filing/merging/queries lookalikes": () => ask.each(ask.JOB_IDS, merging.lookalikes),
  "filing/queries getApproval": () => ask.each(ask.MAIL_IDS, filing.getApproval),
  "filing/queries listCustomerNames": () => ask.words(filing.listCustomerNames),
  "filing/queries listJobsOf": () => ask.each(["Acme", "Beta", "Delta", "aaa 3 1 customer"], filing.listJobsOf),
  "filing/queries listResourceTypes": filing.listResourceTypes,
  "filing/queries listSuggestions": () => filing.listSuggestions(clues),
  "insight/queries compareRoles": () => ask.each(known.roles, (id) => insight.compareRoles(id, known.roles[0] ?? "")),
  "insight/queries findRows": () =>
    ask.each(aggregates, ({ right }) => ask.words((word) => insight.findRows(right, word))),
  "insight/queries getInsight": () => ask.each(known.users, insight.getInsight),
  "insight/queries getImpact": () => ask.each([null, ...known.roles], (id) => insight.getImpact(id, wholeDraft)),
  "insight/queries whyMay": () => ask.each(ask.ROWS, ([right, id]) => insight.whyMay(known.users[0] ?? "", right, id)),
  "intake-keys/queries getIntakeAddress": "whole account",
  "intake-keys/queries listIntakeKeys": "whole account",
  "jobs/detail getJob": () => ask.each(ask.JOB_IDS, job.getJob),
  "jobs/detail jobHistory": () => ask.each(ask.JOB_IDS, job.jobHistory),
  "jobs/queries jobListFacts": () => ask.asked(["name"], jobFilters, jobs.jobListFacts),
  "jobs/queries listJobs": () => ask.listed(jobs.jobSorts, jobFilters, jobs.listJobs),
  "mail-rules/queries getRule": "whole account",
  "mail-rules/queries listParsers": "whole account",
  "mail-rules/queries listRules": "whole account",
  "mails/digests getDigestOf": () => ask.each(ask.MAIL_IDS, digests.getDigestOf),
  "mails/digests listParts": () => ask.each(ask.MAIL_IDS, digests.listParts),
  "mails/queries getDeletion": () => ask.each(ask.MAIL_IDS, mails.getDeletion),
  "mails/queries getInboxMail": () => ask.each(ask.MAIL_IDS, mails.getInboxMail),
  "mails/queries getInboxSource": () => ask.each(ask.MAIL_IDS, mails.getInboxSource),
  "mails/queries getInboxText": () => ask.each(ask.MAIL_IDS, mails.getInboxText),
  "mails/readings getReading": () => ask.each(ask.MAIL_IDS, readings.getReading),
  "mails/queries listDeletedMails": "whole account",
  "mails/queries listInbox": () => ask.listed(mails.inboxSorts, {}, mails.listInbox),
  "menus/queries getMenus": "whole account",
  "menus/queries getMenusOfRoles": "whole account",
  "outgoing/queries getOutgoing": "whole account",
  "outgoing/queries listDeliveries": "whole account",
  "overrides/drafting draftFromRun": () =>
    ask.each(ask.RUN_IDS, async (id) => [
      await drafting.draftFromRun(id),
      await drafting.draftFromRun(id, "object 0 0"),
    ]),
  "overrides/drafting findOverrideTargets": async () => [
    await ask.words((word) => drafting.findOverrideTargets("customer", word)),
    await ask.words((word) => drafting.findOverrideTargets("job", word)),
  ],
  "overrides/drafting overrideChoices": drafting.overrideChoices,
  "overrides/drafting previewOverride": () => ask.each(patterns, drafting.previewOverride),
  "overrides/queries listOverrides": () =>
    ask.listed(overrides.overrideSorts, overrideFilters, overrides.listOverrides),
  "overrides/queries overrideFacts": overrides.overrideFacts,
  "overrides/queries overrideOfRun": () => ask.each(ask.RUN_IDS, overrides.overrideOfRun),
  "reparses/queries getReparse": "whole account",
  "reparses/queries listReparses": "whole account",
  "reports/queries findReport": () => ask.each(ask.REPORT_IDS, reports.findReport),
  "reports/queries generateReport": () => ask.each(everyReport(), reports.generateReport),
  "reports/queries listReportChoices": reports.listReportChoices,
  "reports/queries listReports": () => ask.listed(["name", "days", "created"], {}, reports.listReports),
  "resource-types/queries listCoveringRoles": "whole account",
  "resource-types/queries listResourceTypes": "whole account",
  "roles/queries getGiving": ownRoles.getGiving,
  "roles/queries getRole": () => ask.each(known.roles, ownRoles.getRole),
  "roles/queries listElements": () =>
    ask.each(aggregates, ({ right }) => ask.words((search) => ownRoles.listElements(right, { ...anyType, search }))),
  "roles/queries listMatching": () =>
    ask.each(aggregates, ({ right }) => ask.words((search) => ownRoles.listMatching(right, { ...anyType, search }))),
  "roles/queries listRoleChoices": ownRoles.listRoleChoices,
  "roles/queries listRoles": ownRoles.listRoles,
  "run-checks/counts countUnreviewed": () =>
    ask.asked(["position"], checkFilters, async (query) => ({
      ...(await checkCounts.countUnreviewed(query)),
      asOf: "now",
    })),
  "retention/queries getRetention": "whole account",
  "retention/queries previewRetention": "whole account",
  "retention/queries retentionOf": () => ask.each([""], retention.retentionOf),
  "run-checks/queries listReviewed": () => ask.listed(["-reviewed"], {}, checks.listReviewed),
  "run-checks/queries listUnreviewed": () => ask.listed(["position"], checkFilters, checks.listUnreviewed),
  "runs/background getReading": () => ask.each(ask.RUN_IDS, background.getReading),
  "runs/background latestRunsOfJob": () => ask.each(ask.JOB_IDS, (id) => background.latestRunsOfJob(id, 30)),
  "runs/queries getRun": () => ask.each(ask.RUN_IDS, runs.getRun),
  "runs/queries latestRunsOfCustomer": () => ask.each(ask.CUSTOMER_IDS, (id) => runs.latestRunsOfCustomer(id, 9)),
  "runs/queries listObjects": () => ask.each(ask.RUN_IDS, (id) => runs.listObjects(id, "", 1)),
  "runs/queries listRunsOfJob": () => ask.each(ask.JOB_IDS, (id) => runs.listRunsOfJob(id, ask.query({ sort: "ran" }))),
  "schedules/queries getJobSchedule": () =>
    ask.each(ask.JOB_IDS, async (id) => ({ ...(await schedules.getJobSchedule(id)), next: "later" })),
  "settings/queries getSettings": "whole account",
  "sources/queries listSources": "whole account",
  "tickets/drafting draftTicket": () =>
    ask.each(ask.RUN_IDS, async (id) => [await draftTicket(id), await draftTicket(id, "object 0 0")]),
  "tickets/history ticketHistory": "whole account",
  "tickets/queries findTargets": () => ask.words((word) => tickets.findTargets(word, ask.JOB_IDS)),
  "tickets/queries getTarget": () => ask.each(ask.JOB_IDS, (id) => tickets.getTarget({ job: id })),
  "tickets/queries getTicket": async () => [await eachTicket("ticket"), await eachTicket("remark")],
  "tickets/queries listAssignees": tickets.listAssignees,
  "tickets/queries listTickets": () =>
    ask.listed(["-created", "code", "title", "by"], ticketFilters, (query) => tickets.listTickets("ticket", query)),
  "users/queries exportUsers": "whole account",
  "users/queries listUsers": "whole account",
};

test("every guarded query stands in the table of this test", () => {
  const found = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      readFileSync(`lib/${file}`, "utf8")
        .split(/^export /m)
        .filter((part) => /^async function[\s\S]*await requireRight\(/.test(part))
        .map((part) => `${file.replace(/\.ts$/, "")} ${/^async function\*? (\w+)/.exec(part)?.[1]}`),
    );
  expect(found.sort()).toEqual(Object.keys(questions).sort());
});

async function answers(): Promise<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const [name, question] of Object.entries(questions))
    if (typeof question === "function") given[name] = JSON.stringify(await ask.answerOf(question), null, 1);
  return given;
}

describe("two worlds that differ only in what a role does not cover are one world for it", () => {
  let ada: Person;
  beforeEach(async () => {
    await openQuickly();
    await buildWorld();
    known.roles = [];
    for (const { name, rights, marks } of scopedRoles) known.roles.push(await addRole(name, rights, marks));
    ada = await person("ada", "Admin");
    known.users = [(await person("eve", "End User Acme")).id, ada.id];
  });
  afterEach(closeTestDatabase);

  test.each(scopedRoles.map((role, i) => ({ ...role, seed: 100 + i })))(
    "for $name",
    async ({ seed, ...role }) => {
      const who = await person("somebody", role.name);
      await expectOneWorld(who, role, seed);
      expect(await outsideCount()).toBeGreaterThan(4);
    },
    300_000,
  );

  test("the questions do notice the rows: who covers everything is told something else", async () => {
    const [acme] = scopedRoles;
    if (!acme) throw new Error("There are no roles.");
    actAs(await person("somebody", acme.name));
    const own = await answers();
    actAs(ada);
    const everything = await answers();
    const same = Object.keys(own).filter((name) => everything[name] === own[name]);
    expect(same.length).toBeLessThan(Object.keys(own).length / 3);
  }, 300_000);

  test("for who acts in two of the roles, and for who looks at one as an administrator", async () => {
    const [acme, , , nobody] = scopedRoles;
    if (!acme || !nobody) throw new Error("There are no roles.");
    const ids = await db()
      .select({ id: roles.id })
      .from(roles)
      .where(inArray(roles.name, [acme.name, nobody.name]));
    const who = await person("somebody", acme.name, nobody.name);
    await change(who, { activeRoleIds: ids.map(({ id }) => id) });
    // Together they cover every job of the customer.
    await expectOneWorld(who, { ...acme, types: [], marks: {}, addsTypes: false, hidden: /Beta|Gamma|Delta/ }, 300);
    await change(ada, { previewRoleId: await idOf(acme.name) });
    await expectOneWorld(ada, acme, 301);
  }, 300_000);
});

/** Thousands of questions take half the time on PostgreSQL, where there is one. */
async function openQuickly(): Promise<void> {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) return openTestDatabase();
  await openOnPostgres(server, "two_worlds");
}

async function expectOneWorld(who: Person, role: Scoped, seed: number): Promise<void> {
  actAs(who);
  const before = await answers();
  await disturb(role, seeded(seed));
  const after = await answers();
  for (const name of Object.keys(before)) expect(before[name], name).not.toMatch(role.hidden);
  for (const name of Object.keys(before)) expect(after[name], `seed ${seed}: ${name}`).toBe(before[name]);
}

const change = (who: Person, values: Partial<typeof sessions.$inferInsert>) =>
  transaction((tx) => tx.update(sessions).set(values).where(eq(sessions.userId, who.id)));

async function idOf(name: string): Promise<string> {
  const [role] = await db().select({ id: roles.id }).from(roles).where(eq(roles.name, name));
  return role?.id ?? "";
}
