"use server";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { coveredReports } from "../access/scope";
import { action, type Context } from "../action";
import { reports } from "../db/schema/reports";
import { ConflictError, UserError } from "../errors";
import { fields } from "../form";
import { checkContent, contentInWords } from "./content";
import { heldReport } from "./held";
import { scheduleInWords } from "./rules";
import { nextSend } from "./schedule";
import { contentSchema, filtersOf, scheduleSchema } from "./schema";
import { type Sendable, sendOne } from "./send";
import type { ReportSchedule } from "./types";

export const createReport = action(
  "reports.manage",
  contentSchema,
  async (context, input) => {
    const { access, tx, audit } = context;
    const after = contentInWords(input, await checkContent(context, input));
    const { name, kind, period, days, customer } = input;
    const [made] = await tx
      .insert(reports)
      .values({ name, kind, period, days, customerId: customer, filters: filtersOf(input), createdBy: access.username })
      .returning({ id: reports.id });
    if (made && !(await isCovered(context, made.id)))
      throw new UserError("Your role covers chosen reports only; a new one would not be among them.");
    audit({ action: "report.create", target: name, targetId: made?.id, after });
    return `The report ${name} was saved.`;
  },
  { name: "report.create" },
);

export const updateReport = action(
  "reports.manage",
  contentSchema.extend({ id: fields.id, version: fields.version }),
  async (context, input) => {
    const { tx, audit } = context;
    const { id, version, name, kind, period, days, customer } = input;
    const before = await heldReport(context, id);
    if (before.version !== version)
      throw new ConflictError(
        `Somebody changed this report meanwhile: it is now called "${before.name}" and counts: ${before.inWords.period}. Reload the page to work on it.`,
      );
    if (before.isAboutOther) throw new UserError("This report is about a customer outside your role.");
    const after = contentInWords(input, await checkContent(context, input));
    await tx
      .update(reports)
      .set({
        ...{ name, kind, period, days, customerId: customer, filters: filtersOf(input), version: version + 1 },
        ...(before.schedule && ownedBy(context)),
      })
      .where(eq(reports.id, id));
    if (!(await isCovered(context, id)))
      throw new UserError("Your role covers chosen reports only; this one would no longer be among them.", "kind");
    audit({
      action: "report.update",
      target: name,
      targetId: id,
      before: { name: before.name, ...before.inWords },
      after: { name, ...after },
    });
    return `The report ${name} was saved.`;
  },
  { name: "report.update" },
);

/** From now on the report is mailed like this, with what the actor may see in the role acted in; "never" ends it. */
export const scheduleReport = action(
  "reports.manage",
  scheduleSchema,
  async (context, { id, version, every, weekday, day_of_month: dayOfMonth, ...input }) => {
    const { access, tx, audit } = context;
    const before = await heldReport(context, id);
    if (before.version !== version)
      throw new ConflictError(`Somebody changed the report ${before.name} meanwhile. Reload the page to work on it.`);
    if (before.isAboutOther) throw new UserError("This report is about a customer outside your role.");
    if (every !== "never" && input.recipients.length === 0)
      throw new UserError("Enter at least one recipient.", "recipients");
    const schedule: ReportSchedule | null = every === "never" ? null : { every, weekday, dayOfMonth, ...input };
    await tx
      .update(reports)
      .set({
        schedule,
        ...(schedule ? ownedBy(context) : { scheduledBy: null, scheduledRoleId: null }),
        nextSendAt: schedule && nextSend(schedule, access.account.timeZone, new Date()),
        sendError: null,
        version: version + 1,
      })
      .where(eq(reports.id, id));
    audit({ action: "report.schedule", target: before.name, targetId: id, before: before.schedule, after: schedule });
    return schedule ? `The report is mailed: ${scheduleInWords(schedule)}.` : "The report is no longer mailed.";
  },
  { name: "report.schedule" },
);

/** Mails it once, now, to the recipients of its schedule, with what the actor may see. */
export const sendReportNow = action(
  "reports.manage",
  z.object({ id: fields.id }),
  async (context, { id }, content: Sendable | null) => {
    const { tx, audit } = context;
    const report = await heldReport(context, id);
    if (report.isAboutOther) throw new UserError("This report is about a customer outside your role.");
    if (!content || !report.schedule) throw new UserError("Say first to whom the report is mailed.");
    const { recipients } = report.schedule;
    if (!(await content.enqueue(tx, recipients)))
      throw new UserError("The account has no mail server yet. An administrator can set one up under Notifications.");
    audit({ action: "report.send", target: report.name, targetId: id, after: { recipients } });
    return `The report is on its way to ${recipients.length === 1 ? recipients[0] : `${recipients.length} recipients`}.`;
  },
  { name: "report.send", prepare: ({ id }, access) => sendOne(access, id) },
);

export const deleteReport = action(
  "reports.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { tx, audit } = context;
    const { name, inWords } = await heldReport(context, id);
    await tx.delete(reports).where(eq(reports.id, id));
    audit({ action: "report.delete", target: name, targetId: id, before: inWords });
    return { message: `The report ${name} was deleted.`, redirectTo: "/reports" };
  },
  { name: "report.delete" },
);

/** Who changes what is mailed mails it in their own scope: else one could have another person's mailed to oneself. */
const ownedBy = ({ access }: Context) => ({
  scheduledBy: access.userId,
  scheduledRoleId: access.active[0]?.id ?? null,
});

async function isCovered({ access, tx }: Context, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(sql`${reports.id} = ${id} and ${coveredReports(access)}`);
  return rows.length > 0;
}
