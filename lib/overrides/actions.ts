"use server";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { action, type Context } from "../action";
import { conflictOver } from "../conflicts";
import { overrides } from "../db/schema/overrides";
import { UserError } from "../errors";
import { fields } from "../form";
import { formatCount } from "../format";
import { applyOverrides, lockOverrides, spokenOf, treatedBy } from "./apply";
import { told, valuesOf } from "./changes";
import { stateOf } from "./rules";
import { overrideSchema } from "./schema";
import { heldOverride, nameTarget, refuseTooFar, type Stored } from "./stored";

export const createOverride = action(
  "overrides.manage",
  overrideSchema,
  async (context, input) => {
    const { access, tx, audit } = context;
    const values = valuesOf(input, access.account.timeZone);
    const target = await nameTarget(context, input);
    const [made] = await tx
      .insert(overrides)
      .values({ ...values, createdBy: access.username })
      .returning();
    if (!made) throw new Error("No override was made.");
    await refuseTooFar(context, made.id);
    const treated = await reapply(context, made, []);
    audit({
      action: "override.create",
      target,
      targetId: made.id,
      after: { ...told(made, target, access.account.timeZone), runs: treated },
    });
    return `The override was added. ${inWords(treated)}`;
  },
  { name: "override.create", lock: lockOverrides },
);

export const updateOverride = action(
  "overrides.manage",
  overrideSchema.and(z.object({ id: fields.id, version: fields.version })),
  async (context, { id, version, ...input }) => {
    const { access, tx, audit } = context;
    const { timeZone } = access.account;
    const before = await heldOverride(context, id);
    const values = valuesOf(input, timeZone, before);
    const [was, target] = [await nameTarget(context, before), await nameTarget(context, input)];
    const [old, now] = [told(before, was, timeZone), told(values, target, timeZone)];
    if (before.version !== version) throw await conflictOver(tx, { what: "override", id }, old, now);
    const treatedBefore = await treatedBy(tx, id);
    const [after] = await tx
      .update(overrides)
      .set({ ...values, version: version + 1 })
      .where(eq(overrides.id, id))
      .returning();
    if (!after) throw new Error("No override was changed.");
    await refuseTooFar(context, id);
    const treated = await reapply(context, after, treatedBefore);
    audit({ action: "override.update", target, targetId: id, before: old, after: { ...now, runs: treated } });
    return `The override was saved. ${inWords(treated)}`;
  },
  { name: "override.update", lock: lockOverrides },
);

/** From now on it treats nothing more; runs up to here keep counting as they do. */
export const endOverride = action(
  "overrides.manage",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { access, tx, audit } = context;
    const before = await heldOverride(context, id);
    if (stateOf(before, new Date()) === "ended") throw new UserError("This override has ended already.");
    const treatedBefore = await treatedBy(tx, id);
    const [after] = await tx
      .update(overrides)
      .set({ startsAt: sql`least(${overrides.startsAt}, now())`, endsAt: sql`now()`, version: before.version + 1 })
      .where(eq(overrides.id, id))
      .returning();
    if (!after) throw new Error("No override was ended.");
    const treated = await reapply(context, after, treatedBefore);
    const target = await nameTarget(context, before);
    const { timeZone } = access.account;
    audit({
      action: "override.end",
      target,
      targetId: id,
      before: told(before, target, timeZone),
      after: { ...told(after, target, timeZone), runs: treated },
    });
    return "The override has ended.";
  },
  { name: "override.end", lock: lockOverrides },
);

/** It is gone, and the runs that it treated count as what they are. */
export const deleteOverride = action(
  "overrides.delete",
  z.object({ id: fields.id }),
  async (context, { id }) => {
    const { access, tx, audit } = context;
    const before = await heldOverride(context, id);
    const target = await nameTarget(context, before);
    const treated = await treatedBy(tx, id);
    await tx.delete(overrides).where(eq(overrides.id, id));
    await applyOverrides(tx, treated);
    audit({
      action: "override.delete",
      target,
      targetId: id,
      before: { ...told(before, target, access.account.timeZone), runs: treated.length },
    });
    return "The override was deleted.";
  },
  { name: "override.delete", lock: lockOverrides },
);

/** @returns how many runs it treats now, wholly or in part. */
async function reapply({ tx }: Context, override: Stored, before: readonly string[]): Promise<number> {
  await applyOverrides(tx, [...new Set([...before, ...(await spokenOf(tx, override))])]);
  return (await treatedBy(tx, override.id)).length;
}

const inWords = (treated: number): string =>
  treated === 0 ? "No run so far is like it." : `It treats ${formatCount(treated, "run")} so far.`;
