"use server";
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { coversNewCustomer } from "../access/new-customer";
import { coveredCustomers } from "../access/scope";
import { action, type Context } from "../action";
import { conflictOver } from "../conflicts";
import { customerGroups, customers, jobs } from "../db/schema/desk";
import { watchedAnew } from "../db/watched-anew";
import { UserError } from "../errors";
import { fields } from "../form";
import { formatCount } from "../format";
import { dropEmptyGroups, groupNamed, lockGroups } from "./groups";
import { carryOut, planOf } from "./import";
import { CHOSEN_CUSTOMERS, OUT_OF_SIGHT } from "./rules";
import { type CustomerInput, customerForm, IMPORT_BYTES } from "./schema";

export const createCustomer = action(
  "customers.manage",
  z.object(customerForm),
  async ({ access, tx, audit }, { time_zone, ...input }) => {
    const { group, ...plain } = input;
    const groupId = await groupNamed(tx, group);
    // Before the name: whoever cannot add customers learns of none that they do not cover.
    if (!(await coversNewCustomer(tx, access, groupId))) throw new UserError(CHOSEN_CUSTOMERS, "group");
    const [made] = await tx
      .insert(customers)
      .values({ ...plain, groupId, timeZone: time_zone || null })
      .returning({ id: customers.id });
    audit({
      action: "customer.create",
      target: input.name,
      targetId: made?.id,
      after: { ...input, timeZone: time_zone },
    });
    return `Customer ${input.name} was added.`;
  },
  { name: "customer.create", lock: lockGroups },
);

export const updateCustomer = action(
  "customers.manage",
  z.object({ id: fields.id, version: fields.version, ...customerForm }),
  async (context, { id, version, time_zone: timeZone, ...rest }) => {
    const { tx, audit } = context;
    const typed = { ...rest, timeZone };
    const { version: storedVersion, ...before } = await lockedCustomer(context, id);
    if (storedVersion !== version) {
      const row = { what: "customer", id };
      throw await conflictOver(tx, row, labelled(before), labelled(typed));
    }
    const { group, ...plain } = typed;
    await tx
      .update(customers)
      .set({
        ...plain,
        timeZone: timeZone || null,
        groupId: await groupNamed(tx, group),
        version: sql`${customers.version} + 1`,
      })
      .where(eq(customers.id, id));
    if (!(await isCovered(context, id))) throw new UserError(OUT_OF_SIGHT, "group");
    await dropEmptyGroups(tx);
    audit({ action: "customer.update", target: typed.name, targetId: id, before, after: typed });
    return `Customer ${typed.name} was saved.`;
  },
  { name: "customer.update", lock: lockGroups },
);

export const deactivateCustomer = action(
  "customers.manage",
  z.object({ id: fields.id }),
  async ({ access, tx, audit }, { id }) => {
    const [done] = await tx
      .update(customers)
      .set({ deactivatedAt: sql`now()`, version: sql`${customers.version} + 1` })
      .where(and(eq(customers.id, id), isNull(customers.deactivatedAt), coveredCustomers(access)))
      .returning({ name: customers.name });
    if (!done) throw new UserError("This customer is not active any more.");
    audit({ action: "customer.deactivate", target: done.name, targetId: id });
    return `Customer ${done.name} was deactivated.`;
  },
  { name: "customer.deactivate" },
);

export const reactivateCustomer = action(
  "customers.manage",
  z.object({ id: fields.id }),
  async ({ access, tx, audit }, { id }) => {
    const [done] = await tx
      .update(customers)
      .set({ deactivatedAt: null, version: sql`${customers.version} + 1` })
      .where(and(eq(customers.id, id), isNotNull(customers.deactivatedAt), coveredCustomers(access)))
      .returning({ name: customers.name });
    if (!done) throw new UserError("This customer is active already.");
    await tx.update(jobs).set(watchedAnew).where(eq(jobs.customerId, id));
    audit({ action: "customer.reactivate", target: done.name, targetId: id });
    return `Customer ${done.name} is active again.`;
  },
  { name: "customer.reactivate" },
);

/** All or nothing, and only what the preview said. */
export const importCustomers = action(
  "customers.manage",
  z.object({ csv: z.string().max(IMPORT_BYTES), mark: z.string() }),
  async ({ access, tx, audit }, { csv, mark }) => {
    await tx.execute(sql`lock table customers in share row exclusive mode`);
    const plan = await planOf(tx, access, csv);
    if (plan.lines.some(({ result }) => result === "error"))
      throw new UserError("Correct the lines with errors first.");
    if (plan.mark !== mark)
      throw new UserError("Customers were changed since this preview. Look at the new one below.");
    await carryOut(tx, plan);
    const { added, changed } = plan;
    audit({
      action: "customer.import",
      target: formatCount(added.length + changed.length, "customer"),
      before: { changed: changed.map(({ before }) => before) },
      after: { added, changed: changed.map(({ after }) => after) },
    });
    return `${formatCount(added.length, "customer")} added, ${changed.length.toLocaleString("en")} changed.`;
  },
  { name: "customer.import", lock: lockGroups },
);

async function lockedCustomer({ access, tx }: Context, id: string) {
  const { name, reference, notes, version } = customers;
  const timeZone = sql<string>`coalesce(${customers.timeZone}, '')`;
  const [stored] = await tx
    .select({ name, reference, notes, group: sql<string>`coalesce(${customerGroups.name}, '')`, timeZone, version })
    .from(customers)
    .leftJoin(customerGroups, eq(customerGroups.id, customers.groupId))
    .where(and(eq(customers.id, id), coveredCustomers(access)))
    .for("update", { of: customers });
  if (!stored) throw new UserError("This customer does not exist any more.");
  return stored;
}

async function isCovered({ access, tx }: Context, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.id, id), coveredCustomers(access)));
  return rows.length > 0;
}

const labelled = ({ name, reference, group, notes, timeZone }: CustomerInput & { timeZone: string }) => ({
  Name: name,
  Reference: reference,
  Group: group,
  "Time zone": timeZone,
  Notes: notes,
});
