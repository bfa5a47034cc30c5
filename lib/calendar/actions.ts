"use server";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { action, type Context } from "../action";
import { conflictOver } from "../conflicts";
import { quietTimes } from "../db/schema/calendar";
import { customers, jobs } from "../db/schema/desk";
import { UserError } from "../errors";
import { fields } from "../form";
import { formatCount } from "../format";
import { reachOf, timesOf, told } from "./changes";
import { readHolidays } from "./import";
import { createSchema, importSchema, updateSchema } from "./schema";
import { scopeInWords, type Target } from "./types";
import { changeableQuietTimes } from "./visible";

export const createQuietTime = action(
  "settings.manage",
  createSchema,
  async (context, input) => {
    const { access, actor, tx, audit } = context;
    const { customer, job, ...reach } = await reachOf(context, input);
    const values = timesOf(input, access.account.timeZone);
    const [made] = await tx
      .insert(quietTimes)
      .values({ ...values, ...reach, createdBy: actor.name })
      .returning({ id: quietTimes.id });
    const after = told({ ...values, customer, job }, access.account.timeZone);
    audit({ action: `${input.kind}.create`, target: input.name, targetId: made?.id, after });
    return `${input.name} was added.`;
  },
  { name: "holiday.create" },
);

export const updateQuietTime = action(
  "settings.manage",
  updateSchema,
  async (context, { id, version, ...input }) => {
    const { access, tx, audit } = context;
    const { timeZone } = access.account;
    const stored = await lockedQuietTime(context, id);
    const { customer, job, ...reach } = await reachOf(context, input);
    const values = timesOf(input, timeZone);
    const [before, after] = [told(stored, timeZone), told({ ...values, customer, job }, timeZone)];
    if (stored.version !== version) throw await conflictOver(tx, { what: stored.kind, id }, before, after);
    await tx
      .update(quietTimes)
      .set({ ...values, ...reach, version: sql`${quietTimes.version} + 1` })
      .where(eq(quietTimes.id, id));
    audit({ action: `${input.kind}.update`, target: input.name, targetId: id, before, after });
    return `${input.name} was saved.`;
  },
  { name: "holiday.update" },
);

export const deleteQuietTime = action(
  "settings.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const stored = await lockedQuietTime(context, id);
    await context.tx.delete(quietTimes).where(eq(quietTimes.id, id));
    const before = told(stored, context.access.account.timeZone);
    context.audit({ action: `${stored.kind}.delete`, target: stored.name, targetId: id, before });
    return `${stored.name} was deleted.`;
  },
  { name: "holiday.delete" },
);

/** Adds the days of a list that are not there yet. */
export const importHolidays = action(
  "settings.manage",
  importSchema,
  async (context, { list, ...typed }) => {
    const { actor, tx, audit } = context;
    const { customer, job, ...reach } = await reachOf(context, typed);
    const listed = readHolidays(list);
    const known = await tx
      .select()
      .from(quietTimes)
      .where(
        and(
          eq(quietTimes.kind, "holiday"),
          sql`${quietTimes.customerId} is not distinct from ${reach.customerId}::uuid`,
          sql`${quietTimes.jobId} is not distinct from ${reach.jobId}::uuid`,
        ),
      );
    const seen = new Set(known.map(keyOf));
    const added = listed.filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)));
    const rows = added.map((one) => ({ ...one, ...reach, kind: "holiday" as const, createdBy: actor.name }));
    if (rows.length > 0) await tx.insert(quietTimes).values(rows);
    audit({ action: "holiday.import", target: scopeInWords({ customer, job }), after: { added } });
    const left = listed.length - added.length;
    return `${formatCount(added.length, "holiday")} added${left > 0 ? `, ${left.toLocaleString("en")} were there already` : ""}.`;
  },
  { name: "holiday.import" },
);

const keyOf = (day: { name: string; fromDay: string | null; toDay: string | null; isYearly: boolean }): string =>
  `${day.name.toLowerCase()} ${day.fromDay} ${day.toDay} ${day.isYearly}`;

async function lockedQuietTime({ access, tx }: Context, id: string) {
  const [stored] = await tx
    .select({
      row: quietTimes,
      customer: sql<Target | null>`(select jsonb_build_object('id', ${customers.id}, 'label', ${customers.name})
        from ${customers} where ${customers.id} = ${quietTimes.customerId})`,
      job: sql<Target | null>`(select jsonb_build_object('id', ${jobs.id}, 'label', ${jobs.name})
        from ${jobs} where ${jobs.id} = ${quietTimes.jobId})`,
    })
    .from(quietTimes)
    .where(and(eq(quietTimes.id, id), changeableQuietTimes(access)))
    .for("update", { of: quietTimes });
  if (!stored) throw new UserError("This entry does not exist any more.");
  return { ...stored.row, customer: stored.customer, job: stored.job };
}
