"use server";
import { eq, sql } from "drizzle-orm";
import { lockAccess } from "../access/lock";
import { action } from "../action";
import { conflictOver } from "../conflicts";
import { resourceTypes } from "../db/schema/desk";
import { UserError } from "../errors";
import { formatCount } from "../format";
import { dissolve, lockTypes, storeOrder, typeIn } from "./changes";
import { createSchema, deleteSchema, mergeSchema, moveSchema, renameSchema } from "./schema";

/** A new type stands last, and nothing suggests it. */
export const createType = action(
  "settings.manage",
  createSchema,
  async ({ tx, audit }, { name }) => {
    const position = Math.max(0, ...(await lockTypes(tx)).map((type) => type.position)) + 1;
    const [made] = await tx.insert(resourceTypes).values({ name, position }).returning({ id: resourceTypes.id });
    audit({ action: "type.create", target: name, targetId: made?.id });
    return `The type ${name} was added.`;
  },
  { name: "type.create" },
);

export const renameType = action(
  "settings.manage",
  renameSchema,
  async ({ tx, audit }, { id, version, name }) => {
    const type = typeIn(await lockTypes(tx), id);
    if (type.version !== version)
      throw await conflictOver(tx, { what: "type", id }, { Name: type.name }, { Name: name });
    await tx
      .update(resourceTypes)
      .set({ name, version: sql`${resourceTypes.version} + 1` })
      .where(eq(resourceTypes.id, id));
    audit({ action: "type.rename", target: name, targetId: id, before: { name: type.name }, after: { name } });
    return `${type.name} is now called ${name}.`;
  },
  { name: "type.rename" },
);

/** One place up or down. */
export const moveType = action(
  "settings.manage",
  moveSchema,
  async ({ tx, audit }, { id, to }) => {
    const types = await lockTypes(tx);
    const type = typeIn(types, id);
    const at = types.indexOf(type);
    const next = to === "up" ? at - 1 : at + 1;
    if (!types[next]) throw new UserError(`${type.name} is the ${to === "up" ? "first" : "last"} already.`);
    const others = types.filter((one) => one !== type);
    await storeOrder(tx, [...others.slice(0, next), type, ...others.slice(next)]);
    audit({
      action: "type.move",
      target: type.name,
      targetId: id,
      before: { place: at + 1 },
      after: { place: next + 1 },
    });
    return `${type.name} is now number ${next + 1} of ${types.length}.`;
  },
  { name: "type.move" },
);

/** Its jobs and suggestions belong to the other type from now on, and it is gone. */
export const mergeType = action(
  "settings.manage",
  mergeSchema,
  async (context, { id, into }) => {
    const types = await lockTypes(context.tx);
    const [type, other] = [typeIn(types, id), typeIn(types, into, "into")];
    if (type === other) throw new UserError("Choose another resource type.", "into");
    const moved = await dissolve(context, type, other);
    const before = { suggestedAs: type.suggestedAs };
    context.audit({
      action: "type.merge",
      target: type.name,
      targetId: id,
      before,
      after: { into: other.name, moved },
    });
    return `${type.name} was merged into ${other.name}: ${formatCount(moved, "job")} moved.`;
  },
  { name: "type.merge", lock: lockAccess },
);

/** Jobs of it need another type first: `into` gives them one. */
export const deleteType = action(
  "settings.manage",
  deleteSchema,
  async (context, { id, into }) => {
    const types = await lockTypes(context.tx);
    const type = typeIn(types, id);
    if (types.length === 1) throw new UserError("At least one resource type must remain.");
    const other = into === null ? null : typeIn(types, into, "into");
    if (type === other) throw new UserError("Choose another resource type.", "into");
    const moved = await dissolve(context, type, other);
    const before = { suggestedAs: type.suggestedAs };
    const after = other ? { into: other.name, moved } : undefined;
    context.audit({ action: "type.delete", target: type.name, targetId: id, before, after });
    return other && moved > 0
      ? `The type ${type.name} was deleted. ${formatCount(moved, "job is", "jobs are")} now of type ${other.name}.`
      : `The type ${type.name} was deleted.`;
  },
  { name: "type.delete", lock: lockAccess },
);
