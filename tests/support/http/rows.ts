import { randomBytes } from "node:crypto";
import type { Right } from "@/lib/access/registry";
import type { Tx } from "@/lib/db";
import { assignments, auditEntries, roles, sessions, signInFailures, users } from "@/lib/db/schema/access";
import { quietTimes } from "@/lib/db/schema/calendar";
import * as desk from "@/lib/db/schema/desk";
import { intakeKeys } from "@/lib/db/schema/intake-keys";
import { mailRules, reparseChanges, reparses } from "@/lib/db/schema/mail-rules";
import { mails } from "@/lib/db/schema/mails";
import { menus } from "@/lib/db/schema/menus";
import { deliveries, outgoing } from "@/lib/db/schema/outgoing";
import { overrides } from "@/lib/db/schema/overrides";
import { reports } from "@/lib/db/schema/reports";
import { runObjects, runs } from "@/lib/db/schema/runs";
import { mailSources } from "@/lib/db/schema/sources";
import { ticketScopes, tickets } from "@/lib/db/schema/tickets";

/**
 * Who may read each kind of marked text: any of the rights. A list that names something lends its name to its readers
 * (a ticket names its job, a report its customers); nobody reads secrets.
 */
const readers = {
  customer: [
    ...["customers.view", "resources.view", "tickets.view", "runs.view"],
    ...["inbox.process", "reports.view", "overrides.view"],
  ],
  customerNotes: ["customers.view"],
  customerGroup: ["customers.view", "roles.manage"],
  resourceType: ["resources.view", "inbox.process", "reports.view", "settings.manage"],
  job: [
    ...["resources.view", "customers.view", "tickets.view", "runs.view"],
    ...["inbox.process", "reports.view", "overrides.view"],
  ],
  jobNotes: ["resources.view"],
  jobKey: ["resources.view"],
  run: ["resources.view", "runs.view"],
  runObject: ["resources.view", "runs.view"],
  inboxMail: ["inbox.view"],
  jobMail: ["resources.view"],
  deletedMail: ["deleted_mails.manage"],
  ticket: ["tickets.view"],
  remark: ["tickets.view"],
  report: ["reports.view"],
  user: ["users.manage", "roles.manage"],
  role: ["users.manage", "roles.manage", "menus.manage"],
  /** The link it names leads to a page of this right; the page of roles says who is shown it. */
  menuLink: ["menus.manage", "roles.manage"],
  agent: ["users.manage"],
  failure: ["users.manage"],
  audit: ["audit.view"],
  intakeKey: ["settings.manage", "tokens.manage"],
  override: ["overrides.view"],
  quietTime: ["settings.manage", "resources.view"],
  mailSource: ["settings.manage"],
  mailRule: ["settings.manage"],
  reparse: ["settings.manage"],
  outgoing: ["settings.manage"],
  secret: [],
} as const satisfies Record<string, readonly Right[]>;

export type Marked = keyof typeof readers;
export type Canaries = Record<Marked, string>;

/** @returns the kinds of marked text in this body that the rights do not open. */
export function leaks(body: string, canaries: Canaries, rights: ReadonlySet<Right>): Marked[] {
  return seen(body, canaries).filter((kind) => !(readers[kind] as readonly Right[]).some((right) => rights.has(right)));
}

/** @returns the kinds of marked text in this body. */
export const seen = (body: string, canaries: Canaries): Marked[] =>
  (Object.keys(canaries) as Marked[]).filter((kind) => body.includes(canaries[kind]));

/** Plants one marked row in every table. @returns the texts, and where rows with an address of their own are. */
export async function plantRows(tx: Tx): Promise<{ canaries: Canaries; addresses: Record<string, string> }> {
  const canaries = newCanaries();
  const userId = await plantAccount(tx, canaries);
  return {
    canaries,
    addresses: { ...(await plantDesk(tx, canaries)), "/settings/users/[id]": `/settings/users/${userId}` },
  };
}

/** @returns the id of the user. */
async function plantAccount(tx: Tx, c: Canaries): Promise<string> {
  const [role] = await tx
    .insert(roles)
    .values({ name: c.role, description: c.role, position: 99 })
    .returning({ id: roles.id });
  const [user] = await tx
    .insert(users)
    .values({ username: c.user, name: c.user, email: `${c.user}@example.org`, passwordHash: c.secret })
    .returning({ id: users.id });
  if (!user || !role) throw new Error("No user or role was made.");
  await tx.insert(assignments).values({ userId: user.id, roleId: role.id });
  await tx.insert(sessions).values({ userId: user.id, tokenHash: c.secret, address: "192.0.2.9", agent: c.agent });
  await tx.insert(signInFailures).values({ key: `account ${c.failure} elsewhere`, count: 1 });
  const who = { actor: c.audit, role: c.audit, address: c.audit, target: c.audit };
  const items = [{ page: "/settings/menus", label: c.menuLink }];
  await tx.insert(menus).values({ key: "bottom", items, knownPages: ["/settings/menus"] });
  // Tomorrow, so that it stays on the first page whatever the tests add.
  const at = new Date(Date.now() + 86_400_000);
  await tx
    .insert(auditEntries)
    .values({ at, ...who, action: "customer.update", after: { notes: c.audit }, outcome: "done" });
  return user.id;
}

/** Plants what belongs to another customer, beside what `plantRows` planted. @param number of its ticket, above 1001. */
export async function plantOtherDesk(
  tx: Tx,
  number: number,
): Promise<{ canaries: Canaries; addresses: Record<string, string> }> {
  const canaries = newCanaries();
  return { canaries, addresses: await plantDesk(tx, canaries, number) };
}

const newCanaries = () =>
  Object.fromEntries(
    Object.keys(readers).map((kind) => [kind, `canary-${kind.toLowerCase()}-${randomBytes(6).toString("hex")}`]),
  ) as Canaries;

async function plantDesk(tx: Tx, c: Canaries, number = 1001): Promise<Record<string, string>> {
  const [group] = await tx.insert(desk.customerGroups).values({ name: c.customerGroup }).returning();
  const told = { name: c.customer, notes: c.customerNotes, groupId: group?.id };
  const [customer] = await tx.insert(desk.customers).values(told).returning();
  const [type] = await tx.insert(desk.resourceTypes).values({ name: c.resourceType, position: 99 }).returning();
  if (!customer || !type) throw new Error("No customer or type was made.");
  const names = { name: c.job, host: c.job, notes: c.jobNotes };
  const [job] = await tx
    .insert(desk.jobs)
    .values({ ...names, customerId: customer.id, resourceTypeId: type.id })
    .returning();
  if (!job) throw new Error("No job was made.");
  await tx.insert(desk.jobKeys).values({ matchKey: c.jobKey, sender: c.jobKey, jobId: job.id });
  const inbox = await plantMail(tx, c.inboxMail, {});
  const mailId = await plantMail(tx, c.jobMail, { jobId: job.id, kind: "run", approvedAt: new Date() });
  const deleted = await plantMail(tx, c.deletedMail, { deletedAt: new Date(), deletedBy: "tests" });
  const ranAt = new Date(Date.now() - 3_600_000);
  const [run] = await tx
    .insert(runs)
    .values({ jobId: job.id, mailId, status: "failed", message: c.run, ranAt })
    .returning();
  if (!run) throw new Error("No run was made.");
  await tx.insert(runObjects).values({ runId: run.id, position: 0, name: c.runObject, status: "failed" });
  const ticket = await plantTicket(tx, c.ticket, job.id, number);
  const remark = await plantTicket(tx, c.remark, job.id, null);
  const [report] = await tx.insert(reports).values({ name: c.report, days: 30, createdBy: "tests" }).returning();
  await tx.insert(intakeKeys).values({ name: c.intakeKey, keyHash: c.secret, createdBy: "tests" });
  const machinery = await plantMachinery(tx, c, job, inbox);
  return {
    "/settings/parsers/[id]": `/settings/parsers/${machinery.rule}`,
    "/settings/parsers/reparses/[id]": `/settings/parsers/reparses/${machinery.reparse}`,
    jobMail: mailId,
    deletedMail: deleted,
    "/inbox/[id]": `/inbox/${inbox}`,
    "/customers/[id]": `/customers/${customer.id}`,
    "/jobs/[id]": `/jobs/${job.id}`,
    "/runs/[id]": `/runs/${run.id}`,
    "/tickets/[id]": `/tickets/${ticket}`,
    "/remarks/[id]": `/remarks/${remark}`,
    "/reports/[id]": `/reports/${report?.id}`,
    "/documentation/[id]": "/documentation/first-steps",
  };
}

async function plantMachinery(tx: Tx, c: Canaries, job: { id: string; customerId: string }, mailId: string) {
  const startsAt = new Date(Date.now() - 3_600_000);
  const told = { reason: c.override, matchText: c.override, objectName: c.override };
  await tx.insert(overrides).values({
    ...told,
    scope: "object",
    jobId: job.id,
    statuses: ["warning"],
    match: "exact",
    startsAt,
    createdBy: "tests",
  });
  const holiday = { kind: "holiday", fromDay: "2026-12-25", toDay: "2026-12-26" } as const;
  await tx.insert(quietTimes).values({ ...holiday, name: c.quietTime, jobId: job.id, createdBy: "tests" });
  const options = { host: c.mailSource };
  const source = { name: c.mailSource, options, secrets: c.secret, error: c.mailSource, createdBy: "tests" };
  await tx.insert(mailSources).values({ ...source, kind: "imap", disabledAt: new Date() });
  const [rule] = await tx
    .insert(mailRules)
    .values({ name: c.mailRule, position: 1, rule: {}, disabledAt: new Date(), createdBy: "tests" })
    .returning({ id: mailRules.id });
  const ended = { state: "cancelled", total: 1, done: 1, endedAt: new Date() } as const;
  const [reparse] = await tx
    .insert(reparses)
    .values({ ...ended, choice: {}, startedBy: c.reparse })
    .returning();
  if (!reparse) throw new Error("No reparse was made.");
  await tx.insert(reparseChanges).values({ reparseId: reparse.id, mailId, before: {}, after: { jobName: c.reparse } });
  const sent = { sentAt: new Date(), content: { to: c.outgoing }, about: c.outgoing };
  await tx.insert(deliveries).values({ kind: "mail", ...sent });
  const secrets = { smtpPassword: c.secret, webhookSecret: c.secret };
  await tx.update(outgoing).set({ ...secrets, smtpUser: c.outgoing, ticketRecipients: [c.outgoing] });
  return { rule: rule?.id ?? "", reparse: reparse.id };
}

async function plantMail(tx: Tx, text: string, state: Partial<typeof mails.$inferInsert>): Promise<string> {
  const raw = Buffer.from(`From: ${text}@example.org\r\nSubject: ${text}\r\n\r\n${text}\r\n`);
  const read = { subject: text, fromAddress: `${text}@example.org`, fromName: text, text, html: `<p>${text}</p>` };
  const [mail] = await tx
    .insert(mails)
    .values({
      kind: "unknown",
      ...read,
      source: "upload",
      broughtBy: text,
      raw,
      sizeBytes: raw.length,
      dedupeKey: text,
      ...state,
    })
    .returning({ id: mails.id });
  if (!mail) throw new Error("No mail was made.");
  return mail.id;
}

async function plantTicket(tx: Tx, text: string, jobId: string, number: number | null): Promise<string> {
  const kind = number === null ? "remark" : "ticket";
  const [made] = await tx
    .insert(tickets)
    .values({ kind, number, title: text, body: text, createdBy: "tests" })
    .returning({ id: tickets.id });
  if (!made) throw new Error("No ticket was made.");
  await tx.insert(ticketScopes).values({ ticketId: made.id, jobId });
  return made.id;
}
