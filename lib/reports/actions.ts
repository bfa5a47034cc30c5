"use server";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { coveredReports, reportedCustomers, reportedJobs } from "../access/scope";
import { action, type Context } from "../action";
import { customers, jobs } from "../db/schema/desk";
import { reports } from "../db/schema/reports";
import { ConflictError, UserError } from "../errors";
import { fields } from "../form";
import { LONGEST_DAYS } from "./rules";

const content = {
  name: fields.line("a name", 120),
  days: z.coerce
    .number("Enter a number of days.")
    .int("Enter whole days.")
    .min(1, "At least one day.")
    .max(LONGEST_DAYS, `At most ${LONGEST_DAYS} days.`),
  customer: fields.optionalId,
};

export const createReport = action(
  "reports.manage",
  z.object(content),
  async (context, { name, days, customer }) => {
    const { access, tx, audit } = context;
    const about = await customerName(context, customer);
    const [made] = await tx
      .insert(reports)
      .values({ name, days, customerId: customer, createdBy: access.username })
      .returning({ id: reports.id });
    if (made && !(await isCovered(context, made.id)))
      throw new UserError("Your role covers chosen reports only; a new one would not be among them.");
    audit({ action: "report.create", target: name, targetId: made?.id, after: { days, customer: about } });
    return `The report ${name} was saved.`;
  },
  { name: "report.create" },
);

export const updateReport = action(
  "reports.manage",
  z.object({ id: fields.id, version: fields.version, ...content }),
  async (context, { id, version, name, days, customer }) => {
    const { tx, audit } = context;
    const before = await found(context, id);
    if (before.version !== version)
      throw new ConflictError(
        `Somebody changed this report meanwhile: it is now called "${before.name}" and counts ${before.days} days. Reload the page to work on it.`,
      );
    if (before.isAboutOther) throw new UserError("This report is about a customer outside your role.");
    const about = await customerName(context, customer);
    await tx
      .update(reports)
      .set({ name, days, customerId: customer, version: version + 1 })
      .where(eq(reports.id, id));
    audit({
      action: "report.update",
      target: name,
      targetId: id,
      before: { name: before.name, days: before.days, customer: before.customer },
      after: { name, days, customer: about },
    });
    return `The report ${name} was saved.`;
  },
  { name: "report.update" },
);

export const deleteReport = action(
  "reports.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { tx, audit } = context;
    const before = await found(context, id);
    await tx.delete(reports).where(eq(reports.id, id));
    const { name, days, customer } = before;
    audit({ action: "report.delete", target: name, targetId: id, before: { days, customer } });
    return { message: `The report ${name} was deleted.`, redirectTo: "/reports" };
  },
  { name: "report.delete" },
);

async function isCovered({ access, tx }: Context, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.id, id), coveredReports(access)));
  return rows.length > 0;
}

/** The row, held until the transaction ends. @throws UserError when there is none that the role covers. */
async function found({ access, tx }: Context, id: string) {
  const [row] = await tx
    .select({
      id: reports.id,
      name: reports.name,
      days: reports.days,
      version: reports.version,
      customer: customers.name,
      isAboutOther: sql<boolean>`${reports.customerId} is not null and not ${reportedCustomers(access)}`,
    })
    .from(reports)
    .leftJoin(customers, eq(customers.id, reports.customerId))
    .where(and(eq(reports.id, id), coveredReports(access)))
    .for("update", { of: reports });
  if (!row) throw new UserError("This report does not exist any more.");
  return row;
}

/** @returns the name of the customer, null for all. @throws UserError when there is none that the role's reports count. */
async function customerName({ access, tx }: Context, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const [row] = await tx
    .select({ name: customers.name })
    .from(jobs)
    .innerJoin(customers, eq(customers.id, jobs.customerId))
    .where(and(eq(customers.id, id), reportedJobs(access)))
    .limit(1);
  if (!row) throw new UserError("This customer has no jobs to report on.", "customer");
  return row.name;
}
